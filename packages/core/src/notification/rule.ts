import type { DeliveryState, NotificationChannel, NotificationEvent } from "@waybill/db/words";

/** What a rule is about. All but everything are named by their key, a schedule by its id. */
export interface NotificationTarget {
  kind: "everything" | "integration" | "set" | "schedule";
  key: string | null;
  name: string | null;
  /** Whether it has been deleted. */
  deleted: boolean;
}

/** A notification rule as it stands now. Times are ISO 8601 in UTC. Its secret is never among what is told of it. */
export interface NotificationRule {
  id: string;
  name: string;
  target: NotificationTarget;
  events: NotificationEvent[];
  /** How many minutes after its time an occurrence has not started. */
  notStartedMinutes: number;
  /** How many times the usual a slow run takes. */
  slowTimes: number;
  channel: NotificationChannel;
  /** Where webhooks go; null for e-mail. */
  url: string | null;
  /** Where e-mail goes; empty for webhooks. */
  addresses: string[];
  paused: { at: string; by: string } | null;
  /** The latest delivery; null where there was none. */
  lastDelivery: { event: NotificationEvent; state: DeliveryState; at: string } | null;
  createdBy: string;
  updatedAt: string;
}

/** One row of the log of deliveries. Times are ISO 8601 in UTC. */
export interface Delivery {
  id: string;
  rule: { id: string; name: string };
  channel: NotificationChannel;
  event: NotificationEvent;
  /** What it tells, as a sentence. */
  summary: string;
  state: DeliveryState;
  attempts: number;
  createdAt: string;
  lastTriedAt: string | null;
  /** Null once it is delivered, or not tried any more. */
  nextTryAt: string | null;
  finishedAt: string | null;
  /** Why the last attempt did not succeed, or what was turned away of it. */
  lastError: string | null;
  /** What a webhook's receiver answered; of its body the first 1,000 characters. */
  responseStatus: number | null;
  responseBody: string | null;
}
