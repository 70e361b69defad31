import { runStatusLabels } from "@waybill/core/run/status";
import type { Command } from "commander";
import { applyFiles } from "../apply-files.ts";
import { confirmDelete } from "../confirm-delete.ts";
import { countUpTo, cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions } from "../options.ts";
import { formatNumber, formatTime } from "../print/format.ts";
import { renderTable } from "../print/table.ts";
import { type Session, withSession } from "../session.ts";

/** The largest number that a version can have where Waybill keeps it. */
const versionMax = 2 ** 31 - 1;

/** Adds `waybill integrations`: their list and their definitions. */
export function addIntegrationsCommand(program: Command): void {
  const integrations = program
    .command("integrations")
    .description("List, show, apply, delete and restore integrations.");
  integrations
    .command("list")
    .description("The integrations, by name.")
    .option("--search <text>", "only those whose name or key holds this")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: PageOptions & { search?: string }) => withSession(options, (session) => list(session, options)));
  integrations
    .command("show <key>")
    .description("The definition of an integration, as YAML.")
    .option("--at <version>", "an earlier version", countUpTo(versionMax))
    .option(...jsonOption)
    .action((key: string, options: { at?: number; json?: boolean }) =>
      withSession(options, async (session) => {
        const integration = await session.api.integrations.get.query({ key, version: options.at });
        session.answerDocument(integration, integration.yaml);
        return undefined;
      }),
    );
  integrations
    .command("apply <files...>")
    .description("Make definitions the current versions of their integrations.")
    .option(...jsonOption)
    .action((files: string[], options: { json?: boolean }) =>
      withSession(options, (session) =>
        applyFiles(session, files, (yaml) => session.api.integrations.applyDefinition.mutate({ yaml })),
      ),
    );
  integrations
    .command("delete <key>")
    .description("Take an integration out of use. Its runs stay, and it can be restored.")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .action((key: string, options: { yes?: boolean; json?: boolean }) =>
      withSession(options, async (session) => {
        const read = () => session.api.integrations.get.query({ key });
        const readDependents = () => session.api.integrations.dependents.query({ key });
        await confirmDelete(session, { thing: `integration ${key}`, read, readDependents }, options.yes);
        const deleted = await session.api.integrations.delete.mutate({ key });
        session.answer(
          deleted,
          () => `Deleted ${deleted.key}. 'npx waybill integrations restore ${deleted.key}' undoes that.`,
        );
        return undefined;
      }),
    );
  integrations
    .command("restore <key>")
    .description("Put an integration that was deleted back into use, at its newest version.")
    .option(...jsonOption)
    .action((key: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const restored = await session.api.integrations.restore.mutate({ key });
        session.answer(restored, () => `Restored ${restored.key}, version ${restored.version}.`);
        return undefined;
      }),
    );
  integrations
    .command("schema")
    .description("The JSON Schema of a definition, for editors.")
    .option(...jsonOption)
    .action((options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const schema = await session.api.integrations.schema.query();
        session.answer(schema, () => JSON.stringify(schema, null, 2));
        return undefined;
      }),
    );
}

async function list(
  session: Session,
  { search, limit, cursor }: PageOptions & { search?: string },
): Promise<undefined> {
  const page = await session.api.integrations.list.query({ search, limit, cursor });
  session.answer(page, () => {
    if (page.items.length === 0)
      return emptyList(
        "integration",
        [search, cursor],
        "No integrations. Apply a definition: npx waybill integrations apply FILE.",
      );
    const rows = page.items.map((item) => [
      item.key,
      item.name,
      String(item.version),
      item.lastRun ? `${runStatusLabels[item.lastRun.status]}, ${formatTime(item.lastRun.finishedAt)}` : "never run",
      formatNumber(item.openRecords),
    ]);
    const head = ["Key", "Name", "Version", "Last run", "Open records"];
    return renderTable(head, rows, ["Version", "Open records"]) + moreLine(page.next);
  });
  return undefined;
}
