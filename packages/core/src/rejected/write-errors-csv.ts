import { stringify } from "csv-stringify/sync";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { limits } from "../limits.ts";
import { findRunId } from "../run/read-run.ts";
import { checkRejectedKept } from "./check-kept.ts";
import { listRejected, type RejectedRecord, sourceColumns } from "./list-rejected.ts";

/** The columns that `errors.csv` adds to those of the source. */
const errorColumns = ["_line", "_codes", "_messages", "_waybill_id"] as const;
type ErrorColumn = (typeof errorColumns)[number];

/**
 * A run's rejected records as CSV text, a page at a time: the source's columns, then where and why. Sent back as it is
 * it has the same records rejected again. Throws `run_unknown`, or `rejected_purged` once they are gone.
 */
export async function* writeErrorsCsv(ctx: Context, run: string): AsyncGenerator<string> {
  const runId = await findRunId(ctx, run);
  await checkRejectedKept(ctx, runId);
  const definition = await definitionOf(ctx, runId);
  const layout = layOut(await sourceColumns(ctx, runId), definition);
  const write = (rows: string[][]) =>
    stringify(rows, { delimiter: definition.source.delimiter, quoted_match: /[\r\n]/ });
  yield write([layout.header]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRejected>> = await listRejected(ctx, {
      run: runId,
      limit: limits.pageItemsMax,
      cursor,
    });
    if (page.items.length > 0) yield write(page.items.map((record) => toRow(record, layout)));
    cursor = page.next;
  } while (cursor !== null);
}

async function definitionOf(ctx: Context, runId: string): Promise<Definition> {
  const { rows } = await ctx.database.pool.query<{ definition: Definition }>(
    `select v.definition from waybill.runs r
     join waybill.integration_versions v on v.integration_id = r.integration_id and v.version = r.version
     where r.id = $1`,
    [runId],
  );
  if (!rows[0]) throw new Error("The run has no version of its integration.");
  return rows[0].definition;
}

/** Which columns of the source are written, by their positions, and which are added. */
interface Layout {
  header: string[];
  sourceColumns: number;
  kept: number[];
  added: readonly ErrorColumn[];
}

/** A source that was an `errors.csv` itself has these columns already: they are written anew, unless a field is read from one. */
function layOut(columns: string[], definition: Definition): Layout {
  const read = new Set(definition.fields.filter((field) => !field.value).map((field) => normal(field.column)));
  const added = errorColumns.filter((name) => !read.has(name));
  const kept = columns.flatMap((name, index) => (added.some((one) => one === normal(name)) ? [] : index));
  const header = [...kept.map((index) => columns[index] ?? ""), ...added];
  return { header, sourceColumns: columns.length, kept, added };
}

function normal(column: string): string {
  return column.trim().toLowerCase();
}

function toRow(record: RejectedRecord, layout: Layout): string[] {
  const added = layout.added.map((column) => errorCell[column](record));
  return [...sourceCells(record, layout), ...added];
}

const errorCell: Record<ErrorColumn, (record: RejectedRecord) => string> = {
  _line: ({ line }) => String(line),
  _codes: ({ issues }) => issues.map(({ field, code }) => (field ? `${field}:${code}` : code)).join(" "),
  _messages: ({ issues }) => issues.map((issue) => issue.message).join(" "),
  _waybill_id: ({ id }) => id,
};

/** What is kept of a NUL character; it goes back as it came. */
const nulSign = "\u2400";

const unreadable = new Set(["bad_quote", "record_too_long"]);

/** A record that could not be cut into its columns is written so that its row does not fit the header, now as before. */
function sourceCells(record: RejectedRecord, { kept, sourceColumns }: Layout): string[] {
  const { issues } = record;
  const hasNul = issues.some((issue) => issue.code === "nul_character");
  const values = hasNul ? record.values.map((value) => value.replaceAll(nulSign, "\0")) : record.values;
  const whole = values.length === sourceColumns && !issues.some((issue) => unreadable.has(issue.code));
  if (whole) return kept.map((index) => values[index] ?? "");
  return values.length === kept.length ? [...values, ""] : values;
}
