import type { PoolClient } from "pg";
import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { findRunId, getRunInput } from "../run/read-run.ts";
import type { RunNote } from "../run/run-summary.ts";
import { changeTransaction } from "./change-transaction.ts";
import { type CorrectedRow, placesOf, type RowFault, readCorrections } from "./corrections-file.ts";
import { type FoundCorrection, findCorrections } from "./find-corrections.ts";
import { type RecordRules, rulesOfRecords } from "./record-rules.ts";
import { type Resubmission, resubmitRecords } from "./resubmit-records.ts";
import { rowOfCorrection } from "./row-of-correction.ts";
import { checkEdits, writeEdits } from "./write-edits.ts";

export const importCorrectionsInput = z.strictObject({
  file: z.uuid(),
  /** Where it is given, records of any other run are refused. */
  run: getRunInput.shape.run.optional(),
  /** Whether the records of the file that have no issue left are resubmitted at once. */
  resubmit: z.boolean().default(false),
});

/** What became of a corrected `errors.csv`. */
export interface ImportedCorrections {
  read: number;
  edited: number;
  /** Those that say what the record said before. */
  unchanged: number;
  /** Records of the file without an issue now, and with one. */
  ready: number;
  withIssues: number;
  resubmission: Resubmission | null;
  /** Why the records were not resubmitted though that was asked; their edits are kept. */
  refused: RunNote | null;
}

/**
 * Takes the edits of a corrected `errors.csv`: all of them or, where a row is at fault, none. Records are found by their
 * ids; a value that only reads otherwise and means the same is no edit. Throws `corrections_invalid`, which names each
 * faulty row by its line, `file_unknown` or the file's fault.
 */
export async function importCorrections(
  ctx: Context,
  input: z.output<typeof importCorrectionsInput>,
): Promise<ImportedCorrections> {
  const run = input.run === undefined ? null : await findRunId(ctx, input.run);
  const { name, header, rows, faults } = await readCorrections(ctx, input.file);
  if (rows.length + faults.length === 0) throw invalid(`${JSON.stringify(name)} holds no records.`);
  const ofFile = [...faults, ...findRepeated(rows)];
  const rules = await rulesOfRecords(
    ctx,
    rows.map((row) => row.id),
  );
  const states = await changeTransaction(ctx.database, async (client) => {
    const found = [...ofFile];
    const all: { id: string; sound: boolean; edited: boolean }[] = [];
    for (let at = 0; at < rows.length; at += limits.correctionPageRecords) {
      const page = rows.slice(at, at + limits.correctionPageRecords);
      const corrections = await findCorrections(client, page, { run, faults: found });
      all.push(...(await takeCorrections(ctx, client, { header, found: corrections, rules, faults: found })));
    }
    if (found.length > 0) throw faulty(name, found);
    return all;
  });
  const ready = states.filter((state) => state.sound).map((state) => state.id);
  const edited = states.filter((state) => state.edited).length;
  const sent = input.resubmit && ready.length > 0 ? await resubmitReady(ctx, ready) : nothingSent;
  return {
    read: rows.length,
    edited,
    unchanged: rows.length - edited,
    ready: ready.length,
    withIssues: rows.length - ready.length,
    ...sent,
  };
}

const nothingSent = { resubmission: null, refused: null };

async function resubmitReady(
  ctx: Context,
  records: string[],
): Promise<Pick<ImportedCorrections, "resubmission" | "refused">> {
  try {
    const resubmission = await resubmitRecords(ctx, { of: { records }, withIssues: false, definition: "current" });
    return { resubmission, refused: null };
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    return { resubmission: null, refused: { code: error.code, message: error.message } };
  }
}

interface Taking {
  header: readonly string[];
  found: FoundCorrection[];
  rules: ReadonlyMap<string, RecordRules>;
  faults: RowFault[];
}

async function takeCorrections(ctx: Context, client: PoolClient, { header, found, rules, faults }: Taking) {
  const states: { id: string; sound: boolean; edited: boolean }[] = [];
  for (const [runId, ofRun] of Map.groupBy(found, ({ record }) => record.runId)) {
    const ruled = rules.get(runId);
    if (!ruled) throw new Error(`The rules of the run ${runId} are missing.`);
    const places = placesOf(header, ruled.header);
    const edits = ofRun.flatMap(({ record, row, stale }) => {
      const corrected = rowOfCorrection(record, row, { places, rules: ruled });
      if (stale && "row" in corrected && corrected.row) faults.push({ line: row.line, message: changedSince });
      if ("fault" in corrected) faults.push({ line: row.line, message: corrected.fault });
      return "row" in corrected && corrected.row ? { record, row: corrected.row } : [];
    });
    const checked = await checkEdits(client, ruled, edits);
    await writeEdits(ctx, client, ruled, checked);
    const issues = new Map(checked.map((edit) => [edit.record.id, edit.issues]));
    states.push(
      ...ofRun.map(({ record }) => ({
        id: record.id,
        sound: (issues.get(record.id) ?? record.issues).length === 0,
        edited: issues.has(record.id),
      })),
    );
  }
  return states;
}

const changedSince =
  "differs from its record, which somebody has changed since it was exported. Export it again, or take the row out.";

function findRepeated(rows: readonly CorrectedRow[]): RowFault[] {
  const lines = new Map<string, number>();
  return rows.flatMap(({ id, line }) => {
    const first = lines.get(id);
    if (first === undefined) lines.set(id, line);
    return first === undefined ? [] : { line, message: `has the id of line ${first} again. Take one of the two out.` };
  });
}

function faulty(name: string, faults: readonly RowFault[]): WaybillError {
  const inOrder = faults.toSorted((one, other) => one.line - other.line);
  const shown = inOrder.slice(0, limits.rowFaultsShownMax);
  const rows = faults.length === 1 ? "1 row" : `${faults.length} rows`;
  const more = faults.length > shown.length ? ` And ${faults.length - shown.length} more.` : "";
  const said = shown.map(({ line, message }) => `Line ${line} ${message}`).join(" ");
  return invalid(`Nothing was taken from ${JSON.stringify(name)}, since ${rows} cannot be. ${said}${more}`, {
    rows: faults.length,
    faults: shown,
  });
}

function invalid(message: string, details: Record<string, unknown> = {}): WaybillError {
  return new WaybillError("corrections_invalid", message, details);
}
