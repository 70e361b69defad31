import type { NotificationEvent } from "@waybill/db/words";

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
