import type { Command } from "commander";
import { cursorOption, jsonOption, limitOption, moreLine, type PageOptions } from "../options.ts";
import { formatNumber } from "../print/format.ts";
import { renderTable } from "../print/table.ts";
import { type Session, withSession } from "../session.ts";

/** Adds `waybill datasets`: the tables that Waybill keeps. */
export function addDatasetsCommand(program: Command): void {
  const datasets = program.command("datasets").description("The tables that Waybill keeps.");
  datasets
    .command("list")
    .description("All datasets.")
    .option(...jsonOption)
    .action((options: { json?: boolean }) => withSession(options, list));
  datasets
    .command("show <name>")
    .description("The rows of a dataset.")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((name: string, options: PageOptions) => withSession(options, (session) => show(session, name, options)));
}

async function list(session: Session): Promise<undefined> {
  const page = await session.api.datasets.list.query();
  session.answer(page, () => {
    if (page.items.length === 0) return "No datasets. They appear when an import is run.";
    const rows = page.items.map((dataset) => [
      dataset.name,
      formatNumber(dataset.rows),
      dataset.columns.map((column) => column.name).join(", "),
    ]);
    return renderTable(["Name", "Rows", "Columns"], rows, ["Rows"]);
  });
  return undefined;
}

async function show(session: Session, dataset: string, { limit, cursor }: PageOptions): Promise<undefined> {
  const page = await session.api.datasets.rows.query({ dataset, limit, cursor });
  session.answer(page, () => {
    if (page.items.length === 0) return `The dataset ${dataset} holds no rows.`;
    const names = page.columns.map((column) => column.name);
    const rows = page.items.map((row) => names.map((name) => row[name] ?? ""));
    return renderTable(names, rows) + moreLine(page.next);
  });
  return undefined;
}
