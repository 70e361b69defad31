import type { RouterOutputs } from "@waybill/api";
import type { Command } from "commander";
import { jsonOption } from "../options.ts";
import { formatTime } from "../print/format.ts";
import { renderTable } from "../print/table.ts";
import { type Session, withSession } from "../session.ts";

const help = `
A worker is a process that takes runs: a server, or one started with WAYBILL_ROLE=worker. One that has not beaten for a
while is lost, and others take its runs over.`;

/** Adds `waybill workers`: who takes runs, and what each one does. */
export function addWorkersCommand(program: Command): void {
  program
    .command("workers")
    .description("The processes that take runs: who is alive, and what each one does.")
    .option(...jsonOption)
    .addHelpText("after", help)
    .action((options: { json?: boolean }) => withSession(options, list));
}

async function list(session: Session): Promise<undefined> {
  const page = await session.api.workers.list.query();
  session.answer(page, () => {
    if (page.items.length === 0) {
      return "No workers, so runs wait in the queue. Start one: WAYBILL_ROLE=worker npx waybill serve";
    }
    const rows = page.items.map((worker) => [
      worker.host,
      String(worker.pid),
      worker.role,
      worker.version,
      formatTime(worker.startedAt),
      `${worker.lost ? "lost, " : ""}${Math.round(worker.beatSecondsAgo)} s ago`,
      worker.runs.map(describeRun).join("; ") || "idle",
    ]);
    return renderTable(["Host", "Process", "Role", "Version", "Since", "Last beat", "Runs"], rows, ["Process"]);
  });
  return undefined;
}

type WorkerRun = RouterOutputs["workers"]["list"]["items"][number]["runs"][number];

function describeRun({ name, integration, phase, progress }: WorkerRun): string {
  return `${name} (${integration}): ${phase}${progress === null ? "" : ` ${progress} %`}`;
}
