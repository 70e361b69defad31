import { describeDuration } from "@waybill/core/run/describe-run";
import { type SetRunStatus, setRunStatuses, stepStatusLabels } from "@waybill/core/set/set-run";
import { type Command, Option } from "commander";
import { cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions } from "../../options.ts";
import { formatTime } from "../../print/format.ts";
import { renderSetRun } from "../../print/set-run.ts";
import { renderTable } from "../../print/table.ts";
import { type Session, withSession } from "../../session.ts";
import { waitAndShow } from "./follow-set-run.ts";

interface ListOptions extends PageOptions {
  set?: string;
  status?: SetRunStatus;
}

/** Adds `waybill sets runs`, `status`, `watch` and `cancel`. */
export function addSetRuns(sets: Command): void {
  sets
    .command("runs")
    .description("The set runs, newest first.")
    .option("--set <key>", "only those of this set")
    .addOption(new Option("--status <status>", "only those of this status").choices([...setRunStatuses]))
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: ListOptions) => withSession(options, (session) => list(session, options)));
  sets
    .command("status <setrun>")
    .description("A set run and its steps.")
    .option(...jsonOption)
    .action((setRun: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const found = await session.api.sets.runs.get.query({ setRun });
        session.answer(found, () => renderSetRun(found));
        return undefined;
      }),
    );
  sets
    .command("watch <setrun>")
    .description("Wait for the end of a set run, then show it.")
    .option(...jsonOption)
    .action((setRun: string, options: { json?: boolean }) =>
      withSession(options, async (session) =>
        waitAndShow(session, (await session.api.sets.runs.get.query({ setRun })).id),
      ),
    );
  sets
    .command("cancel <setrun>")
    .description("Cancel the run of the step that goes on, and skip the others.")
    .option(...jsonOption)
    .action((setRun: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const found = await session.api.sets.runs.cancel.mutate({ setRun });
        session.answer(found, () => `${found.name}: ${found.status === "cancelled" ? "Cancelled" : "is stopping"}.`);
        return undefined;
      }),
    );
}

async function list(session: Session, { set, status, limit, cursor }: ListOptions): Promise<undefined> {
  const page = await session.api.sets.runs.list.query({ set, status: status && [status], limit, cursor });
  session.answer(page, () => {
    if (page.items.length === 0) {
      return emptyList("set run", [set, status, cursor], "No set runs. Start one: npx waybill sets run KEY.");
    }
    const rows = page.items.map(({ id, name, status, createdAt, finishedAt }) => [
      id,
      name,
      stepStatusLabels[status],
      formatTime(createdAt),
      describeDuration(createdAt, finishedAt),
    ]);
    return renderTable(["Id", "Name", "Status", "Started", "Took"], rows, ["Took"]) + moreLine(page.next);
  });
  return undefined;
}
