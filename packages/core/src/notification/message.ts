import type { RunNote } from "../run/run-summary.ts";

/** Something with a key, as people know it. */
export interface Named {
  key: string;
  name: string;
}

/** What a notification is about. Times are ISO 8601 in UTC. No value of a record stands in it. */
export interface MessageData {
  /** The name of the rule that asked for it. */
  rule: string;
  kind: "run" | "set_run" | "occurrence" | "test";
  /** The id of the run or set run; of an occurrence that of its schedule and its time, parted by `@`. */
  id: string;
  name: string;
  /** The event as a sentence. */
  summary: string;
  integration: Named | null;
  set: Named | null;
  schedule: { id: string; name: string } | null;
  status: string | null;
  /** When an occurrence was to start. */
  at: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  counts: { read: number; accepted: number; skipped: number; rejected: number } | null;
  /** Why it failed or did not start. */
  failure: RunNote | null;
  /** How many seconds a slow run took or has taken so far, and how many are usual. */
  seconds: number | null;
  usualSeconds: number | null;
  /** The page of the console; null where its address is not known. */
  url: string | null;
}

/** The body of a webhook, in the form of Standard Webhooks; e-mail tells the same. */
export interface NotificationMessage {
  /** Such as `run.failed`, `set_run.recovered`, `occurrence.not_started` or `notification.test`. */
  type: string;
  /** When the event was found. */
  timestamp: string;
  data: MessageData;
}
