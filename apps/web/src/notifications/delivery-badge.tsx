import { type DeliveryState, deliveryStateLabels } from "@waybill/core/notification/events";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleX from "lucide-solid/icons/circle-x";
import Hourglass from "lucide-solid/icons/hourglass";
import { StatusLook } from "../ui/status-look.tsx";

const looks = {
  pending: { icon: Hourglass, class: "text-quiet" },
  delivered: { icon: CircleCheck, class: "text-good" },
  failed: { icon: CircleX, class: "text-bad" },
} as const satisfies Record<DeliveryState, unknown>;

/** Where a delivery stands. */
export function DeliveryBadge(props: { state: DeliveryState }) {
  return <StatusLook status={props.state} {...looks[props.state]} words={deliveryStateLabels[props.state]} />;
}
