import type { PoolClient } from "pg";
import type { LoadedBatch } from "./batch-loader.ts";
import { quoteName, quoteTable } from "./column.ts";
import type { CopyLines } from "./copy-lines.ts";
import { columnsBesidesKey, onConflict } from "./merge.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { issueOfDropping, issueOfRefusal, issueOfTakenKey, type Refusal, refusalStates } from "./refusal.ts";
import { columnList, copyInto, makeStaging, stagingOf } from "./staging.ts";

/**
 * Loads records one by one in the database itself, each in a subtransaction of its own, so that every refused one is
 * found in one pass. Adds what became of them to `loaded`.
 */
export async function loadSingly({
  client,
  table,
  lines,
  loaded,
}: {
  client: PoolClient;
  table: PreparedTable;
  lines: CopyLines;
  loaded: LoadedBatch;
}): Promise<void> {
  await client.query(`${makeStaging(table)}; ${makeTexts(table)}`);
  await copyInto(client, `${texts} (${textColumns(table)})`, lines);
  await client.query(loadEach(table));
  const { rows } = await client.query<Outcome>(
    `select line - 1 as position, outcome, refusal, count::int from ${outcomes}`,
  );
  for (const row of rows) note(row, { table, lines, loaded });
}

/** Of a record that did not come in, why; of the others, how many came in each way. */
type Outcome =
  | { outcome: "inserted" | "updated" | "unchanged"; count: number }
  | { outcome: "taken" | "dropped"; position: number }
  | { outcome: "refused"; position: number; refusal: Refusal };

function note(
  row: Outcome,
  { table, lines, loaded }: { table: PreparedTable; lines: CopyLines; loaded: LoadedBatch },
): void {
  switch (row.outcome) {
    case "inserted":
    case "updated":
    case "unchanged":
      loaded[row.outcome] += row.count;
      return;
    case "taken":
      loaded.refused.set(lines.ordinal(row.position), issueOfTakenKey(table, lines.values(row.position)));
      return;
    case "dropped":
      loaded.refused.set(lines.ordinal(row.position), issueOfDropping());
      return;
    case "refused":
      loaded.refused.set(lines.ordinal(row.position), issueOfRefusal(row.refusal, table));
      return;
  }
}

const texts = "pg_temp.waybill_texts";
const outcomes = "pg_temp.waybill_outcomes";
const dropped = "WBDRP";

/** A table that takes any record as it is written, and one for what becomes of them. */
function makeTexts(table: PreparedTable): string {
  const columns = table.columns.map((_, index) => `t${index} text`).join(", ");
  return `create temporary table if not exists waybill_texts (line int generated always as identity, ${columns}) on commit drop;
    create temporary table if not exists waybill_outcomes (line int, outcome text, refusal jsonb, count bigint) on commit drop;
    truncate ${texts} restart identity; truncate ${outcomes}`;
}

function textColumns(table: PreparedTable): string {
  return table.columns.map((_, index) => `t${index}`).join(", ");
}

/** A value is assigned as an insert would, so that one that is too long is refused and not cut. */
function loadEach(table: PreparedTable): string {
  const assign = table.columns.map(
    ({ name }, index) =>
      `waybill_field := ${quoteText(name)}; waybill_one.${quoteName(name)} := waybill_given.t${index};`,
  );
  return `do ${quoteText(`
    #variable_conflict use_column
    declare
      waybill_given ${texts}; waybill_one ${stagingOf(table)}; waybill_field text; waybill_how text; waybill_differs boolean;
      waybill_state text; waybill_message text; waybill_detail text; waybill_constraint text; waybill_column text;
      waybill_inserted bigint := 0; waybill_updated bigint := 0; waybill_unchanged bigint := 0;
    begin
      for waybill_given in select * from ${texts} order by line loop
        begin
          ${assign.join("\n          ")}
          waybill_field := null;
          ${loadOne(table)}
          if waybill_how in ('inserted', 'updated') and not found then
            raise exception using errcode = '${dropped}';
          end if;
          case waybill_how
            when 'inserted' then waybill_inserted := waybill_inserted + 1;
            when 'updated' then waybill_updated := waybill_updated + 1;
            when 'unchanged' then waybill_unchanged := waybill_unchanged + 1;
            else insert into ${outcomes} values (waybill_given.line, waybill_how);
          end case;
        exception when others then
          get stacked diagnostics waybill_state = returned_sqlstate, waybill_message = message_text,
            waybill_detail = pg_exception_detail, waybill_constraint = constraint_name, waybill_column = column_name;
          if waybill_state = '${dropped}' then
            insert into ${outcomes} values (waybill_given.line, 'dropped');
          elsif waybill_state ~ ${quoteText(refusalStates.source)} then
            insert into ${outcomes} values (waybill_given.line, 'refused', jsonb_build_object('code', waybill_state,
              'message', waybill_message, 'detail', nullif(waybill_detail, ''), 'constraint', nullif(waybill_constraint, ''),
              'column', coalesce(nullif(waybill_column, ''), waybill_field)));
          else
            raise;
          end if;
        end;
      end loop;
      insert into ${outcomes} values (null, 'inserted', null, waybill_inserted), (null, 'updated', null, waybill_updated),
        (null, 'unchanged', null, waybill_unchanged);
    end`)}`;
}

/** Leaves in `waybill_how` what becomes of the record, and, where that is a write, in `found` whether it was made. */
function loadOne(table: PreparedTable): string {
  const values = table.columns.map(({ name }) => `waybill_one.${quoteName(name)}`).join(", ");
  const insert = `insert into ${quoteTable(table)} as d (${columnList(table)}) values (${values})`;
  if (table.key.length === 0) return `waybill_how := 'inserted'; ${insert};`;
  const same = table.key.map((name) => `d.${quoteName(name)} = waybill_one.${quoteName(name)}`).join(" and ");
  const rest = columnsBesidesKey(table);
  const list = (alias: string) => rest.map((name) => `${alias}.${name}`).join(", ");
  const differs =
    rest.length === 0 || table.mode !== "upsert" ? "false" : `(${list("d")}) is distinct from (${list("waybill_one")})`;
  const present = table.mode === "upsert" ? "case when waybill_differs then 'updated' else 'unchanged' end" : "'taken'";
  return `select ${differs} into waybill_differs from ${quoteTable(table)} d where ${same} limit 1;
    waybill_how := case when not found then 'inserted' else ${present} end;
    if waybill_how in ('inserted', 'updated') then
      ${insert} ${table.mode === "upsert" ? onConflict(table) : ""};
    end if;`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
