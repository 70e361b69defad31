import { type RunStatus, runStatusLabels } from "@waybill/core/run/status";
import { type StepStatus, stepStatusLabels } from "@waybill/core/set/set-run";
import Ban from "lucide-solid/icons/ban";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleDashed from "lucide-solid/icons/circle-dashed";
import CircleSlash from "lucide-solid/icons/circle-slash";
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
  waiting: { icon: CircleDashed, class: "text-quiet" },
  skipped: { icon: CircleSlash, class: "text-quiet" },
} as const satisfies Record<RunStatus | StepStatus, unknown>;
const labels = { ...runStatusLabels, ...stepStatusLabels };

/** The status of a run, a set run or one of its steps: an icon, its words and its colour, the same everywhere. */
export function StatusBadge(props: { status: RunStatus | StepStatus }) {
  return <StatusLook status={props.status} {...looks[props.status]} words={labels[props.status]} />;
}
