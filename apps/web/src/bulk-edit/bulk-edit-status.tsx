import CircleCheck from "lucide-solid/icons/circle-check";
import CircleStop from "lucide-solid/icons/circle-stop";
import CircleX from "lucide-solid/icons/circle-x";
import LoaderCircle from "lucide-solid/icons/loader-circle";
import { Dynamic } from "solid-js/web";
import type { BulkEdit } from "../data/bulk-edits.ts";

const looks = {
  in_progress: { icon: LoaderCircle, words: "In-Progress", class: "text-busy" },
  completed: { icon: CircleCheck, words: "Completed", class: "text-good" },
  stopped: { icon: CircleStop, words: "Stopped", class: "text-quiet" },
  failed: { icon: CircleX, words: "Failed", class: "text-bad" },
} as const satisfies Record<BulkEdit["status"], unknown>;

/** The status of a bulk edit: an icon, its words and its colour. */
export function BulkEditStatus(props: { status: BulkEdit["status"] }) {
  return (
    <span
      data-status={props.status}
      class={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${looks[props.status].class}`}
    >
      <Dynamic
        component={looks[props.status].icon}
        size={16}
        aria-hidden="true"
        class={props.status === "in_progress" ? "motion-safe:animate-spin" : ""}
      />
      {looks[props.status].words}
    </span>
  );
}
