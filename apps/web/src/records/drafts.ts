import { useQueryClient } from "@tanstack/solid-query";
import { createStore, produce, unwrap } from "solid-js/store";
import { toFault } from "../data/api.ts";
import type { RecordList } from "../data/record-list.ts";
import { editRecords, keys, readRecord } from "../data/records.ts";
import { describeChanger, splitBatch } from "./drafts.model.ts";
import type { Texts } from "./undo.model.ts";

/** What somebody typed that the server has not taken yet, by the columns. */
export interface Draft {
  values: Record<string, string>;
  /** `changed`: somebody was quicker; `failed`: the server did not take it. */
  status: "waiting" | "saving" | "changed" | "failed";
  /** Who was quicker, or why it was not taken. */
  said: string;
}

/** What is typed is held here until the server has it, so that no fault loses it. */
export interface Drafts {
  of: (record: string) => Draft | undefined;
  /** Those that somebody has to decide about. */
  stuck: () => [record: string, draft: Draft][];
  unsaved: () => boolean;
  write: (texts: Texts[]) => void;
  /** Sends it again, over whatever is there by now. */
  sendAgain: (records: string[]) => void;
  drop: (record: string) => void;
}

const batchRecordsMax = 500;

/** Saves what is written, one request at a time, each with the revision that the list holds. */
export function createDrafts(list: RecordList): Drafts {
  const client = useQueryClient();
  const [drafts, setDrafts] = createStore<Record<string, Draft>>({});
  let sending = false;

  const mark = (record: string, status: Draft["status"], said = "") => {
    if (drafts[record]) setDrafts(record, { status, said });
  };
  const drop = (record: string) => setDrafts(produce((all) => void delete all[record]));

  function write(texts: Texts[]): void {
    for (const { record, values } of texts) {
      const before = drafts[record];
      // Who has not decided yet writes on, and nothing goes over what somebody else wrote.
      const undecided = before?.status === "changed" ? before : { status: "waiting" as const, said: "" };
      setDrafts(record, { values: { ...before?.values, ...values }, status: undecided.status, said: undecided.said });
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
      const edits = [...sent].map(async ([record, values]) => ({ record, values, revision: await revisionOf(record) }));
      for (const saved of await editRecords(await Promise.all(edits))) {
        list.replace(saved);
        settle(saved.id, sent.get(saved.id) ?? {});
      }
    } catch (error) {
      await explain(records, error);
    }
  }

  async function revisionOf(record: string): Promise<number> {
    return list.find(record)?.revision ?? (await readRecord(record)).revision;
  }

  /** What was typed while the request was under way still waits. */
  function settle(record: string, sent: Record<string, string>): void {
    const left = Object.entries({ ...drafts[record]?.values }).filter(([column, text]) => sent[column] !== text);
    if (left.length === 0) drop(record);
    else setDrafts(record, { values: Object.fromEntries(left), status: "waiting" });
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
      mark(record, "changed", describeChanger(theirs.history));
    } catch (error) {
      mark(record, "failed", toFault(error).message);
    }
  }

  return {
    of: (record) => drafts[record],
    stuck: () => Object.entries(drafts).filter(([, { status }]) => status === "changed" || status === "failed"),
    unsaved: () => Object.keys(drafts).length > 0,
    write,
    sendAgain(records) {
      for (const record of records) mark(record, "waiting");
      send();
    },
    drop,
  };
}
