import type { DeliveryState, NotificationEvent } from "@waybill/db/words";

export {
  type DeliveryState,
  deliveryStates,
  type NotificationChannel,
  type NotificationEvent,
  notificationChannels,
  notificationEvents,
} from "@waybill/db/words";

/** The wording of each event on screen. */
export const notificationEventLabels: Record<NotificationEvent, string> = {
  failed: "Failed",
  completed_with_errors: "Completed with Errors",
  recovered: "Recovered",
  not_started: "Not started",
  slow: "Slow",
};

/** The wording of each state of a delivery on screen. */
export const deliveryStateLabels: Record<DeliveryState, string> = {
  pending: "Pending",
  delivered: "Delivered",
  failed: "Given up",
};
