import type { RecordDetails } from "../data/records.ts";

type Entry = RecordDetails["history"][number];

const outcomes = {
  waiting: "it is on its way",
  accepted: "it was accepted",
  skipped: "it was passed over by a rule of the definition",
  rejected: "it was turned away again",
  not_loaded: "it was not loaded",
} as const;

/** What happened to a record, as a sentence that goes on after the name of who did it. */
export function describeEntry(entry: Entry): string {
  if (entry.kind === "resubmission") return `sent it again: ${outcomes[entry.outcome]}`;
  const because = entry.reason ? `: ${entry.reason}` : "";
  if (entry.action === "dismissed") return `dismissed it${because}`;
  if (entry.action === "reopened") return `opened it again${because}`;
  if (entry.action === "assigned") return entry.to === null ? "left it to nobody" : `assigned it to ${entry.to}`;
  if (entry.column === null) return `laid it out under its columns, from ${entry.from} to ${entry.to}`;
  const alike = { change: " in a bulk edit", undo: " as a bulk edit was undone", none: "" }[
    entry.bulkEdit?.kind ?? "none"
  ];
  return `changed ${entry.column} from ${quote(entry.from)} to ${quote(entry.to)}${alike}`;
}

function quote(text: string | null): string {
  return text ? `“${text}”` : "empty";
}
