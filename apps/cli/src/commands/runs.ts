import { describeDuration } from "@waybill/core/run/describe-run";
import { type RunStatus, runStatuses, runStatusLabels } from "@waybill/core/run/status";
import { type Command, Option } from "commander";
import { exitCodes } from "../failure.ts";
import { cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions } from "../options.ts";
import { formatNumber, formatTime } from "../print/format.ts";
import { renderRunSummary } from "../print/run-summary.ts";
import { renderTable } from "../print/table.ts";
import { confirmOrRefuse } from "../prompts.ts";
import { type Session, withSession } from "../session.ts";
import { waitAndShow } from "./run.ts";
import { showIssues, showLog } from "./runs/details.ts";
import { addDownloads } from "./runs/downloads.ts";

interface ListOptions extends PageOptions {
  status?: RunStatus;
  integration?: string;
  search?: string;
}

/** Adds `waybill runs`: what became of runs, and what can be done with one. */
export function addRunsCommand(program: Command): void {
  const runs = program
    .command("runs")
    .description("List runs, look into one, repeat or cancel it. RUN is an id or a name.");
  runs
    .command("list")
    .description("The runs, newest first.")
    .addOption(new Option("--status <status>", "only those of this status").choices([...runStatuses]))
    .option("--integration <key>", "only those of this integration")
    .option("--search <text>", "only those whose name holds this")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: ListOptions) => withSession(options, (session) => list(session, options)));
  runs
    .command("show <run>")
    .description("The Run Summary.")
    .option(...jsonOption)
    .action((run: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const summary = await session.api.runs.get.query({ run });
        session.answer(summary, () => renderRunSummary(summary));
        return undefined;
      }),
    );
  runs
    .command("watch <run>")
    .description("Wait for the end of a run, then show its Run Summary.")
    .option(...jsonOption)
    .action((run: string, options: { json?: boolean }) =>
      withSession(options, async (session) => waitAndShow(session, (await session.api.runs.get.query({ run })).id)),
    );
  addChanges(runs);
  addDetails(runs);
}

function addChanges(runs: Command): void {
  runs
    .command("rerun <run>")
    .description("Run again with the same values and the same file.")
    .option("--name <text>", "a name of its own for the new run")
    .option("--detach", "start it and do not wait")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .action((run: string, options: { name?: string; detach?: boolean; yes?: boolean; json?: boolean }) =>
      withSession(options, async (session) => {
        if (session.interactive) await confirmOrRefuse(session, `Run ${run} again?`, options.yes);
        const started = await session.api.runs.rerun.mutate({ run, name: options.name });
        if (!options.detach) return await waitAndShow(session, started.id);
        session.answer(started, () => `Started ${started.name}. Watch it: npx waybill runs watch ${started.id}`);
        return exitCodes.completed;
      }),
    );
  runs
    .command("cancel <run>")
    .description("Ask a run to stop; it ends after the batch that it is writing.")
    .option(...jsonOption)
    .action((run: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const summary = await session.api.runs.cancel.mutate({ run });
        session.answer(
          summary,
          () => `${summary.name}: ${summary.status === "cancelled" ? "Cancelled" : "is stopping"}.`,
        );
        return undefined;
      }),
    );
}

function addDetails(runs: Command): void {
  runs
    .command("issues <run>")
    .description("The rejected records, each with all its issues.")
    .option("--code <code>", "only records with this issue")
    .option("--field <field>", "only records with an issue in this field")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((run: string, options: PageOptions & { code?: string; field?: string }) =>
      withSession(options, (session) => showIssues(session, run, options)),
    );
  runs
    .command("log <run>")
    .description("Additional Details: the run's own dated log.")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((run: string, options: PageOptions) => withSession(options, (session) => showLog(session, run, options)));
  addDownloads(runs);
}

async function list(session: Session, options: ListOptions): Promise<undefined> {
  const { status, integration, search, limit, cursor } = options;
  const page = await session.api.runs.list.query({ status: status && [status], integration, search, limit, cursor });
  session.answer(page, () => {
    if (page.items.length === 0)
      return emptyList(
        "run",
        [status, integration, search, cursor],
        "No runs. Start one: npx waybill run KEY --file PATH.",
      );
    const rows = page.items.map((run) => [
      run.name,
      `${runStatusLabels[run.status]}${run.test ? " (test)" : ""}`,
      formatNumber(run.counts.read),
      formatNumber(run.counts.rejected),
      formatTime(run.startedAt),
      describeDuration(run.startedAt, run.finishedAt),
    ]);
    const head = ["Name", "Status", "Read", "Rejected", "Started", "Took"];
    return renderTable(head, rows, ["Read", "Rejected", "Took"]) + moreLine(page.next);
  });
  return undefined;
}
