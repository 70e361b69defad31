import { runStatusLabels } from "../run/status.ts";
import type { SubjectData } from "./describe-subject.ts";
import type { FoundEvent } from "./found-event.ts";
import type { MessageData, NotificationMessage } from "./message.ts";

/** Where the console is, and when the event was found. */
interface Circumstances {
  consoleUrl: string | null;
  now: Date;
}

/** The message of an event. */
export function writeMessage(
  found: FoundEvent,
  subject: SubjectData,
  { consoleUrl, now }: Circumstances,
): NotificationMessage {
  const { kind, ruleName: rule, seconds, usualSeconds } = found;
  const data = { rule, kind, id: found.subject, ...subject, seconds, usualSeconds };
  const url = consoleUrl === null ? null : new URL(pageOf(found), consoleUrl).href;
  return {
    type: `${kind}.${found.event}`,
    timestamp: now.toISOString(),
    data: { ...data, summary: summarize(found, subject), url },
  };
}

/** The message that tries a rule. */
export function writeTestMessage(rule: string, now: Date): NotificationMessage {
  const none = { integration: null, set: null, schedule: null, status: null, at: null, startedAt: null };
  const data: MessageData = {
    ...none,
    rule,
    kind: "test",
    id: "test",
    name: rule,
    summary: `This is a test of the notification rule ${rule}`,
    finishedAt: null,
    counts: null,
    failure: null,
    seconds: null,
    usualSeconds: null,
    url: null,
  };
  return { type: "notification.test", timestamp: now.toISOString(), data };
}

function pageOf({ kind, subject }: FoundEvent): string {
  if (kind === "occurrence") return "/schedules";
  return kind === "run" ? `/runs/${subject}` : `/set-runs/${subject}`;
}

function summarize({ event, seconds, usualSeconds }: FoundEvent, subject: SubjectData): string {
  const { name, startedAt, finishedAt, at } = subject;
  switch (event) {
    case "failed":
    case "completed_with_errors":
      return `${runStatusLabels[event]}: ${name}`;
    case "recovered":
      return `Recovered: ${name} is Completed, and the one before it was not`;
    case "slow":
      return `Slow: ${name} ${finishedAt ? "took" : "has taken"} ${sayMinutes(seconds)}, and ${sayMinutes(usualSeconds)} is usual`;
    case "not_started":
      return `${startedAt ? "Started late" : "Not started"}: ${name}, scheduled for ${at} by ${subject.schedule?.name}`;
  }
}

function sayMinutes(seconds: number | null): string {
  if (seconds === null) return "long";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
