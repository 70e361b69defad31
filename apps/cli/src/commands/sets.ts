import { stepStatusLabels } from "@waybill/core/set/set-run";
import type { Command } from "commander";
import { applyFiles } from "../apply-files.ts";
import { confirmDelete } from "../confirm-delete.ts";
import { countUpTo, cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions } from "../options.ts";
import { sayDeletedIntegrations } from "../print/deleted-integrations.ts";
import { formatTime } from "../print/format.ts";
import { renderTable } from "../print/table.ts";
import { type Session, withSession } from "../session.ts";
import { addSetRuns } from "./sets/set-runs.ts";
import { addStarts } from "./sets/start.ts";

/** The largest number that a version can have where Waybill keeps it. */
const versionMax = 2 ** 31 - 1;

/** Adds `waybill sets`: ordered lists of integrations, and what became of their runs. */
export function addSetsCommand(program: Command): void {
  const sets = program
    .command("sets")
    .description("Sets of integrations that run in order. SETRUN is an id or a name.");
  addStarts(sets);
  addSetRuns(sets);
  sets
    .command("list")
    .description("The sets, by name.")
    .option("--search <text>", "only those whose name or key holds this")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: PageOptions & { search?: string }) => withSession(options, (session) => list(session, options)));
  sets
    .command("show <key>")
    .description("The definition of a set, as YAML.")
    .option("--at <version>", "an earlier version", countUpTo(versionMax))
    .option(...jsonOption)
    .action((key: string, options: { at?: number; json?: boolean }) =>
      withSession(options, async (session) => {
        const set = await session.api.sets.get.query({ key, version: options.at });
        session.answerDocument(set, set.yaml);
        for (const line of sayDeletedIntegrations(set.deletedIntegrations)) session.note(line);
        return undefined;
      }),
    );
  sets
    .command("apply <files...>")
    .description("Make definitions the current versions of their sets.")
    .option(...jsonOption)
    .action((files: string[], options: { json?: boolean }) =>
      withSession(options, (session) =>
        applyFiles(session, files, (yaml) => session.api.sets.applyDefinition.mutate({ yaml })),
      ),
    );
  sets
    .command("delete <key>")
    .description("Take a set out of use. Its runs stay, and applying it again restores it.")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .action((key: string, options: { yes?: boolean; json?: boolean }) =>
      withSession(options, async (session) => {
        const read = () => session.api.sets.get.query({ key });
        const readDependents = () => session.api.sets.dependents.query({ key });
        await confirmDelete(session, { thing: `set ${key}`, read, readDependents }, options.yes);
        const deleted = await session.api.sets.delete.mutate({ key });
        session.answer(deleted, () => `Deleted ${deleted.key}. Apply its definition again to restore it.`);
        return undefined;
      }),
    );
}

async function list(
  session: Session,
  { search, limit, cursor }: PageOptions & { search?: string },
): Promise<undefined> {
  const page = await session.api.sets.list.query({ search, limit, cursor });
  session.answer(page, () => {
    if (page.items.length === 0) {
      return emptyList("set", [search, cursor], "No sets. Apply a definition: npx waybill sets apply FILE.");
    }
    const rows = page.items.map(({ key, name, version, integrations, deletedIntegrations, lastRun }) => [
      key,
      name,
      String(version),
      integrations.map((step) => (deletedIntegrations.includes(step) ? `${step} (deleted)` : step)).join(", "),
      lastRun ? `${stepStatusLabels[lastRun.status]}, ${formatTime(lastRun.finishedAt)}` : "never run",
    ]);
    const table = renderTable(["Key", "Name", "Version", "Steps", "Last run"], rows, ["Version"]) + moreLine(page.next);
    return [table, ...sayDeletedIntegrations(page.items.flatMap((set) => set.deletedIntegrations))].join("\n");
  });
  return undefined;
}
