import { type RecordState, recordStateLabels } from "@waybill/core/rejected/record-state";
import Ban from "lucide-solid/icons/ban";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleX from "lucide-solid/icons/circle-x";
import LoaderCircle from "lucide-solid/icons/loader-circle";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import Users from "lucide-solid/icons/users";
import { Dynamic } from "solid-js/web";
import type { Draft } from "./drafts.ts";

/** How a record stands: an icon, its words and its colour. */
export function RecordStatus(props: { state: RecordState; issues: number; draft?: Draft["status"] | undefined }) {
  const look = () => lookOf(props.state, props.issues, props.draft);
  return (
    <span class={`inline-flex items-center gap-1.5 whitespace-nowrap ${look().class}`}>
      <Dynamic
        component={look().icon}
        size={14}
        aria-hidden="true"
        class={look().icon === LoaderCircle ? "motion-safe:animate-spin" : ""}
      />
      {look().words}
    </span>
  );
}

function lookOf(state: RecordState, issues: number, draft: Draft["status"] | undefined) {
  if (draft === "changed") return { icon: Users, class: "text-bad", words: "Changed" };
  if (draft === "failed") return { icon: CircleX, class: "text-bad", words: "Not saved" };
  if (state === "resubmitting") return { icon: LoaderCircle, class: "text-busy", words: "Resubmitting" };
  if (state === "resolved") return { icon: CircleCheck, class: "text-good", words: recordStateLabels.resolved };
  if (state === "dismissed") return { icon: Ban, class: "text-quiet", words: recordStateLabels.dismissed };
  if (issues === 0) return { icon: CircleCheck, class: "text-good", words: "Ready" };
  return { icon: TriangleAlert, class: "text-warn", words: issues === 1 ? "1 issue" : `${issues} issues` };
}
