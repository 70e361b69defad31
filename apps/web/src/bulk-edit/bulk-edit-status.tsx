import { bulkEditStatusLabels, type BulkEditStatus as Status } from "@waybill/core/bulk-edit/bulk-edit-status";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleStop from "lucide-solid/icons/circle-stop";
import CircleX from "lucide-solid/icons/circle-x";
import LoaderCircle from "lucide-solid/icons/loader-circle";
import { StatusLook } from "../ui/status-look.tsx";

const looks = {
  in_progress: { icon: LoaderCircle, class: "text-busy" },
  completed: { icon: CircleCheck, class: "text-good" },
  stopped: { icon: CircleStop, class: "text-quiet" },
  failed: { icon: CircleX, class: "text-bad" },
} as const satisfies Record<Status, unknown>;

/** The status of a bulk edit: an icon, its words and its colour. */
export function BulkEditStatus(props: { status: Status }) {
  return <StatusLook status={props.status} {...looks[props.status]} words={bulkEditStatusLabels[props.status]} />;
}
