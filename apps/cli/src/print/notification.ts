import type { RouterOutputs } from "@waybill/api";
import { deliveryStateLabels, notificationEventLabels } from "@waybill/core/notification/events";
import { formatTime } from "./format.ts";
import { renderTable } from "./table.ts";

/** A notification rule, and a line of its log, as the API gives them. */
export type NotificationRule = RouterOutputs["notifications"]["get"];
export type Delivery = RouterOutputs["notifications"]["deliveries"]["items"][number];

/** Rules, one line for each. */
export function renderRules(rules: NotificationRule[]): string {
  const rows = rules.map((rule) => [
    rule.name,
    sayTarget(rule.target),
    rule.events.join(", "),
    sayReceiver(rule),
    rule.paused
      ? "paused"
      : rule.lastDelivery
        ? `${deliveryStateLabels[rule.lastDelivery.state]}, ${formatTime(rule.lastDelivery.at)}`
        : "-",
  ]);
  return renderTable(["Name", "About", "Events", "Tells", "Last"], rows);
}

/** A rule for a terminal: its terms, and what it sent last. */
export function renderRule(rule: NotificationRule, deliveries: Delivery[]): string {
  const { name, paused, events } = rule;
  const heading = [name, paused && `Paused by ${paused.by}, ${formatTime(paused.at)}`].filter(Boolean).join("\n");
  const rows = [
    ["About", sayTarget(rule.target)],
    ["Events", events.map((event) => notificationEventLabels[event]).join(", ")],
    ["Tells", sayReceiver(rule)],
    ...(events.includes("not_started") ? [["Not started", `after ${rule.notStartedMinutes} minutes`]] : []),
    ...(events.includes("slow") ? [["Slow", `above ${rule.slowTimes} times the usual`]] : []),
    ["Id", rule.id],
  ];
  return [heading, renderTable(["Details", ""], rows), renderDeliveries(deliveries)].filter(Boolean).join("\n\n");
}

/** The log of deliveries, one line for each. */
export function renderDeliveries(deliveries: Delivery[]): string {
  if (deliveries.length === 0) return "";
  const rows = deliveries.map((delivery) => [
    formatTime(delivery.createdAt),
    delivery.rule.name,
    sayState(delivery),
    String(delivery.attempts),
    delivery.summary,
    delivery.lastError ?? "",
    delivery.id,
  ]);
  return renderTable(["At", "Rule", "State", "Tries", "What", "Fault", "Id"], rows, ["Tries"]);
}

/** What a rule is about. */
export function sayTarget({ kind, key, name, deleted }: NotificationRule["target"]): string {
  if (kind === "everything") return kind;
  return `${kind} ${kind === "schedule" ? name : key}${deleted ? " (deleted)" : ""}`;
}

function sayReceiver({ url, addresses }: NotificationRule): string {
  return url ?? addresses.join(", ");
}

function sayState({ state, nextTryAt, attempts }: Delivery): string {
  const again = attempts > 0 && state === "pending" ? `, again at ${formatTime(nextTryAt)}` : "";
  return deliveryStateLabels[state] + again;
}
