import type { Context } from "../context.ts";
import { type Definition, definitionSchema } from "../definition/definition.ts";
import { type ErrorCode, WaybillError } from "../errors.ts";
import { ceilingFileLimits, limits } from "../limits.ts";
import { type SourceReader, startReader } from "../reader/source-reader.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import { findFile } from "../stored-file/read-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import { errorColumns, normal, readRecordId } from "./errors-csv.ts";

/** What spreadsheets separate columns by. */
const delimiters = [",", ";", "\t", "|"];

/** A row of a corrected `errors.csv`; values that were protected are as they were before. */
export interface CorrectedRow {
  line: number;
  id: string;
  revision: number;
  /** In the order of the file's columns; of a row that does not fit the header, those before its id. */
  cells: string[];
  fits: boolean;
  /** What its `_line` says; null where that is not there. */
  sourceLine: string | null;
  /** Whether somebody emptied its codes, to say that nothing is wrong with it as it stands. */
  cleared: boolean;
}

/** Something wrong with a row, in a sentence that says what to do. */
export interface RowFault {
  line: number;
  message: string;
}

/** A corrected `errors.csv` as it was read. */
export interface CorrectionsFile {
  name: string;
  header: string[];
  rows: CorrectedRow[];
  faults: RowFault[];
}

/**
 * Reads an `errors.csv` that comes back, in whatever layers and with whatever delimiter a spreadsheet gave it. Throws
 * `file_unknown`, the file's fault, or `corrections_invalid` when it is no `errors.csv`.
 */
export async function readCorrections(ctx: Context, fileId: string): Promise<CorrectionsFile> {
  const file = await findFile(ctx, fileId);
  const faults: WaybillError[] = [];
  for (const delimiter of await findDelimiters(ctx)) {
    const read = await readWith(ctx, file, delimiter);
    if (!(read instanceof WaybillError)) return read;
    faults.push(read);
  }
  // Whatever the delimiter is, bytes that are no text stay so.
  const [unreadable] = faults;
  if (unreadable && faults.every(({ code }) => code === "csv_header_invalid")) throw unreadable;
  const message = `${JSON.stringify(file.name)} is no errors.csv: its header row has no column _waybill_id. Export the records again, and leave that column as it is.`;
  throw new WaybillError("corrections_invalid", message);
}

/** Those of spreadsheets, then any that a definition asks for, since exports are written with it. */
async function findDelimiters({ database }: Context): Promise<string[]> {
  const { rows } = await database.pool.query<{ delimiter: string }>(
    "select distinct definition -> 'source' ->> 'delimiter' as delimiter from waybill.integration_versions",
  );
  return [...new Set([...delimiters, ...rows.map((row) => row.delimiter)])];
}

/** What a header is at fault with that is cut by another delimiter than its own. */
const otherHeader = new Set<ErrorCode>(["csv_column_missing", "csv_header_invalid", "csv_column_repeated"]);

/** Gives the fault of a header that may be cut by another delimiter. */
async function readWith(ctx: Context, file: StoredFile, delimiter: string): Promise<CorrectionsFile | WaybillError> {
  const request = {
    definition: definitionOf(delimiter),
    parameters: {},
    source: file,
    attachments: {},
    sourceLimits: ceilingFileLimits,
    attachmentLimits: ctx.fileLimits,
    now: ctx.clock.now(),
  };
  const reader = await startReader(ctx, request, new AbortController().signal);
  try {
    await reader.open();
    const { header } = await reader.check();
    return { name: file.name, header, ...(await readRows(reader, header)) };
  } catch (error) {
    if (error instanceof WaybillError && otherHeader.has(error.code)) return error;
    throw error;
  } finally {
    await reader.close();
  }
}

/** A definition of nothing but the column by which records are found. */
function definitionOf(delimiter: string): Definition {
  return definitionSchema.parse({
    waybill: 1,
    kind: "integration",
    key: "corrections",
    name: "Corrections",
    direction: "import",
    source: { delimiter },
    fields: [{ name: "id", type: "text", column: "_waybill_id" }],
    destination: { dataset: "corrections", mode: "insert" },
  });
}

async function readRows(reader: SourceReader, header: string[]): Promise<Pick<CorrectionsFile, "rows" | "faults">> {
  const rows: CorrectedRow[] = [];
  const faults: RowFault[] = [];
  const at = header.findIndex((name) => normal(name) === "_waybill_id");
  const lineAt = header.findIndex((name) => normal(name) === "_line");
  const codesAt = header.findIndex((name) => normal(name) === "_codes");
  for await (const batch of reader.batches(0)) {
    const ordinals = Array.from({ length: batch.accepted.count }, (_, index) => index);
    const sound = (await reader.sourcesOf(batch, ordinals)).map((record) => ({ ...record, fits: true }));
    const odd = batch.rejected.map((record) => ({ ...record, fits: false }));
    const long = new Set(batch.rejected.filter(isTooLong).map((record) => record.recordNumber));
    const inOrder = [...sound, ...odd].toSorted((one, other) => one.recordNumber - other.recordNumber);
    for (const { line, values, fits, recordNumber } of inOrder) {
      const place = fits ? at : values.findLastIndex((cell) => readRecordId(cell) !== null);
      const id = readRecordId(values[place] ?? "");
      const cells = fits ? values : values.slice(0, Math.max(0, place - 3));
      const cleared = fits && values[codesAt]?.trim() === "";
      const sourceLine = fits ? (values[lineAt]?.trim() ?? null) : null;
      if (id) rows.push({ line, ...id, fits, cells, cleared, sourceLine });
      else faults.push({ line, message: long.has(recordNumber) ? tooLong : noId });
    }
    if (rows.length + faults.length > limits.resubmittedRecordsMax) throw tooMany();
  }
  return { rows, faults };
}

function isTooLong({ issues }: { issues: readonly RecordIssue[] }): boolean {
  return issues.some(({ code }) => code === "record_too_long");
}

const tooLong = `is longer than ${limits.csvRecordCharactersMax} characters. Shorten its values, or take the row out.`;
const noId = "has no id of a record in _waybill_id. Take the id from the file that was exported, or take the row out.";

function tooMany(): WaybillError {
  const message = `The file has more than ${limits.resubmittedRecordsMax} records. Split it.`;
  return new WaybillError("corrections_invalid", message);
}

/** Where each column of the source stands in the file. Throws `corrections_invalid` where the header was changed. */
export function placesOf(header: readonly string[], columns: readonly string[]): number[] {
  const added = new Set<string>(errorColumns);
  const ofSource = columns.filter((name) => !added.has(normal(name)));
  const places = columns.map((name, index) => placeOf(header, name, columns.slice(0, index)));
  const missing = ofSource.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !columns.includes(name) && !added.has(normal(name)));
  if (missing.length === 0 && unknown.length === 0) return places;
  const lacks = missing.length > 0 ? ` It lacks ${missing.map((name) => JSON.stringify(name)).join(", ")}.` : "";
  const extra = unknown.length > 0 ? ` It has ${unknown.map((name) => JSON.stringify(name)).join(", ")} besides.` : "";
  const message = `The header row is not that of the records.${lacks}${extra} Leave the names of the columns as they were exported.`;
  throw new WaybillError("corrections_invalid", message, { missing, unknown });
}

/** The place of a column, of several without a name the one that is as far on as in the source. */
function placeOf(header: readonly string[], name: string, before: readonly string[]): number {
  const nth = before.filter((other) => other === name).length;
  const places = header.flatMap((other, index) => (other === name ? index : []));
  return places[nth] ?? -1;
}
