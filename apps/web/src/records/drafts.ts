import { useQueryClient } from "@tanstack/solid-query";
import { batch, createSignal } from "solid-js";
import { createStore, produce, unwrap } from "solid-js/store";
import { toFault } from "../data/api.ts";
import type { RecordList } from "../data/record-list.ts";
import { editRecords, keys, type RejectedRecord, readRecord } from "../data/records.ts";
import { describeChanger, splitBatch } from "./drafts.model.ts";
import type { Texts } from "./undo.model.ts";

/** What somebody typed that the server has not taken yet, by the columns. */
export interface Draft {
  values: Record<string, string>;
  /** `changed`: somebody was quicker; `failed`: the server did not take it. */
  status: "waiting" | "saving" | "changed" | "failed";
  /** Who was quicker, or why it was not taken. */
  said: string;
  /** That of the record as it was seen when this was written. */
  revision: number;
}

/** What is typed is held here until the server has it, so that no fault loses it. */
export interface Drafts {
  of: (record: string) => Draft | undefined;
  /** Those that somebody has to decide about. */
  stuck: () => [record: string, draft: Draft][];
  unsaved: () => boolean;
  saving: () => boolean;
  write: (texts: Texts[]) => void;
  /** Sends it again, over whatever is there by now. */
  sendAgain: (records: string[]) => void;
  drop: (record: string) => void;
  /** What is to be known of the rules that the last edits were checked by. */
  notes: () => string[];
}

const batchRecordsMax = 500;

/** Saves what is written, one request at a time, each with the revision that the list holds. */
export function createDrafts(list: RecordList): Drafts {
  const client = useQueryClient();
  const [drafts, setDrafts] = createStore<Record<string, Draft>>({});
  const [notes, setNotes] = createSignal<string[]>([]);
  const seen = new Map<string, number>();
  let sending = false;

  const mark = (record: string, status: Draft["status"], said = "") => {
    if (drafts[record]) setDrafts(record, { status, said });
  };
  const drop = (record: string) => setDrafts(produce((all) => void delete all[record]));

  function write(texts: Texts[]): void {
    for (const { record, values } of texts) {
      const before = drafts[record];
      const revision = before?.revision ?? list.find(record)?.revision ?? seen.get(record) ?? 0;
      // Who has not decided yet writes on, and nothing goes over what somebody else wrote.
      const undecided = before?.status === "changed" ? before : { status: "waiting" as const, said: "" };
      const { status, said } = undecided;
      setDrafts(record, { values: { ...before?.values, ...values }, status, said, revision });
    }
    send();
  }

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        const waiting = Object.keys(drafts).filter((record) => drafts[record]?.status === "waiting");
        if (waiting.length === 0) break;
        await sendBatch(waiting.slice(0, batchRecordsMax));
      }
    } finally {
      sending = false;
    }
    client.invalidateQueries({ queryKey: keys.all });
  }

  async function sendBatch(records: string[]): Promise<void> {
    const sent = new Map(records.map((record) => [record, { ...unwrap(drafts[record])?.values }]));
    for (const record of records) mark(record, "saving");
    try {
      const edits = [...sent].map(([record, values]) => ({ record, values, revision: drafts[record]?.revision ?? 0 }));
      const saved = await editRecords(edits);
      batch(() => {
        setNotes(saved.notes.map(({ message }) => message));
        for (const record of saved.items) settle(record, sent.get(record.id) ?? {});
      });
    } catch (error) {
      await explain(records, error);
    }
  }

  /** What was typed while the request was under way still waits. */
  function settle(saved: RejectedRecord, sent: Record<string, string>): void {
    const { id, revision } = saved;
    seen.set(id, revision);
    list.replace(saved);
    const left = Object.entries({ ...drafts[id]?.values }).filter(([column, text]) => sent[column] !== text);
    drop(id);
    if (left.length > 0) setDrafts(id, { values: Object.fromEntries(left), status: "waiting", said: "", revision });
  }

  async function explain(records: string[], error: unknown): Promise<void> {
    const fault = toFault(error);
    const { blamed, again } = splitBatch(records, fault);
    for (const record of again) mark(record, "waiting");
    for (const record of blamed) {
      if (fault.code === "record_changed") await meet(record);
      else mark(record, "failed", fault.message);
    }
    if (again.length > 0 && blamed.length === 0) for (const record of again) await sendBatch([record]);
  }

  /** Shows the record as somebody else left it, beside what was typed here. */
  async function meet(record: string): Promise<void> {
    try {
      const theirs = await readRecord(record);
      list.replace(theirs);
      setDrafts(record, { status: "changed", said: describeChanger(theirs.history), revision: theirs.revision });
    } catch (error) {
      mark(record, "failed", toFault(error).message);
    }
  }

  return {
    of: (record) => drafts[record],
    stuck: () => Object.entries(drafts).filter(([, { status }]) => status === "changed" || status === "failed"),
    unsaved: () => Object.keys(drafts).length > 0,
    saving: () => Object.values(drafts).some(({ status }) => status === "waiting" || status === "saving"),
    write,
    sendAgain(records) {
      for (const record of records) mark(record, "waiting");
      send();
    },
    drop,
    notes,
  };
}
