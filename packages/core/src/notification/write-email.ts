import type { MessageData, NotificationMessage } from "./message.ts";

/** A message as an e-mail: a subject that says it, and the details as plain text. */
export function writeEmail({ timestamp, data }: NotificationMessage): { subject: string; text: string } {
  const lines = [
    `${data.summary}.`,
    "",
    ...details(data),
    "",
    ...(data.url ? [data.url, ""] : []),
    footer(data, timestamp),
  ];
  return { subject: `[Waybill] ${data.summary}`, text: `${lines.join("\n")}\n` };
}

function details(data: MessageData): string[] {
  const { integration, set, schedule, at, startedAt, finishedAt, counts, failure } = data;
  const said: [string, string | null | undefined][] = [
    ["Why", failure?.message],
    ["Integration", integration && `${integration.name} (${integration.key})`],
    ["Set", set && `${set.name} (${set.key})`],
    ["Schedule", schedule?.name],
    ["Scheduled for", at],
    ["Started", startedAt],
    ["Finished", finishedAt],
    ["Records", counts && sayCounts(counts)],
    ["Id", data.kind === "test" ? null : data.id],
  ];
  return said.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
}

function sayCounts({ read, accepted, skipped, rejected }: NonNullable<MessageData["counts"]>): string {
  return `${read} read, ${accepted} accepted, ${skipped} skipped, ${rejected} rejected`;
}

function footer({ rule }: MessageData, timestamp: string): string {
  return `-- \nThe notification rule ${rule} asked for this at ${timestamp}.`;
}
