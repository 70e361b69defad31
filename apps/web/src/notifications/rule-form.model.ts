import { limits } from "@waybill/core/limits";
import type { NotificationChannel, NotificationEvent } from "@waybill/core/notification/events";
import type { NotificationRule, SaveRule } from "../data/notifications.ts";
import type { Target } from "../ui/target-select.tsx";

/** A rule as somebody types it. */
export interface RuleForm {
  name: string;
  /** What it is about; null for everything. */
  target: Target<"integration" | "set" | "schedule"> | null;
  events: NotificationEvent[];
  /** Numbers as they are typed. */
  notStartedMinutes: string;
  slowTimes: string;
  channel: NotificationChannel;
  url: string;
  /** Parted by commas or lines. */
  addresses: string;
}

/** What an event is, for whoever chooses among them. */
export const eventHelp: Record<NotificationEvent, string> = {
  failed: "could not run, or was stopped by an error",
  completed_with_errors: "records were rejected",
  recovered: "Completed, and the one before it was not",
  not_started: "an occurrence of a schedule that is late, missed or could not start",
  slow: "goes on far longer than usual",
};

/** The form of a rule that there is, or of a new one. */
export function formOf(rule: NotificationRule | undefined): RuleForm {
  if (!rule) {
    return {
      name: "",
      target: null,
      events: ["failed", "completed_with_errors", "not_started"],
      notStartedMinutes: String(limits.notStartedMinutesDefault),
      slowTimes: String(limits.slowTimesDefault),
      channel: "webhook",
      url: "",
      addresses: "",
    };
  }
  const { name, target, events, notStartedMinutes, slowTimes, channel, url, addresses } = rule;
  return {
    name,
    target: target.kind === "everything" || target.key === null ? null : { kind: target.kind, key: target.key },
    events: [...events],
    notStartedMinutes: String(notStartedMinutes),
    slowTimes: String(slowTimes),
    channel,
    url: url ?? "",
    addresses: addresses.join("\n"),
  };
}

/** What is sent to keep a form, of a new rule or of one with this id. */
export function toSave(form: RuleForm, rule: string | undefined): SaveRule {
  const { name, events, notStartedMinutes, slowTimes, channel, target } = form;
  return {
    rule,
    name,
    events,
    notStartedMinutes: Number(notStartedMinutes),
    slowTimes: Number(slowTimes),
    ...(target && { [target.kind]: target.key }),
    ...(channel === "webhook"
      ? { webhook: { url: form.url.trim() } }
      : { email: { addresses: listed(form.addresses) } }),
  };
}

function listed(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}
