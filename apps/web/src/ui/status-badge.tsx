import { type RunStatus, runStatusLabels } from "@waybill/core/run/status";
import Ban from "lucide-solid/icons/ban";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleX from "lucide-solid/icons/circle-x";
import Clock from "lucide-solid/icons/clock";
import LoaderCircle from "lucide-solid/icons/loader-circle";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { StatusLook } from "./status-look.tsx";

const looks = {
  scheduled: { icon: Clock, class: "text-quiet" },
  scheduled_but_deleted: { icon: Clock, class: "text-quiet opacity-60" },
  in_progress: { icon: LoaderCircle, class: "text-busy" },
  completed: { icon: CircleCheck, class: "text-good" },
  completed_with_errors: { icon: TriangleAlert, class: "text-warn" },
  failed: { icon: CircleX, class: "text-bad" },
  cancelled: { icon: Ban, class: "text-quiet" },
} as const satisfies Record<RunStatus, unknown>;

/** The status of a run: an icon, its words and its colour, the same everywhere. */
export function StatusBadge(props: { status: RunStatus }) {
  return <StatusLook status={props.status} {...looks[props.status]} words={runStatusLabels[props.status]} />;
}
