import type { RouterOutputs } from "@waybill/api";
import type { Command } from "commander";
import { z } from "zod";
import { CliFailure, type ExitCode, exitCodes, toFailure } from "../../failure.ts";
import { openLocalFile } from "../../local-file.ts";
import { jsonOption } from "../../options.ts";
import { formatNumber, shellWord } from "../../print/format.ts";
import { renderTable } from "../../print/table.ts";
import { type Session, withSession } from "../../session.ts";
import { uploadFile } from "../../transfer.ts";
import { followResubmission } from "./follow-resubmission.ts";

interface ImportOptions {
  run?: string;
  resubmit?: boolean;
  detach?: boolean;
  json?: boolean;
}

const help = `
The edits are taken all or, where a row is at fault, none; then each such row is told by its line. A record that somebody
has changed since the export is such a fault. With --resubmit the exit code is that of the worst run, as of 'records
resubmit', and 1 where none is sent, since all records of the file still have issues or cannot be resubmitted.`;

/** Adds `waybill records import`. */
export function addImport(records: Command): void {
  records
    .command("import <file>")
    .description("Take the corrections of a file that 'records export' or 'runs errors' gave.")
    .option("--run <run>", "refuse records that any other run turned away")
    .option("--resubmit", "run those of its records again that have no issue left, and wait for the end")
    .option("--detach", "with --resubmit: do not wait")
    .option(...jsonOption)
    .addHelpText("after", help)
    .action((file: string, options: ImportOptions) =>
      withSession(options, (session) => importRecords(session, file, options)),
    );
}

async function importRecords(
  session: Session,
  path: string,
  { run, resubmit = false, detach }: ImportOptions,
): Promise<ExitCode> {
  if (detach && !resubmit)
    throw new CliFailure("wrong_usage", "--detach is for --resubmit. Add that, or leave it out.");
  const file = await uploadFile(session.connection, await openLocalFile(path));
  const imported = await session.api.records.import.mutate({ file, run, resubmit }).catch((error: unknown): never => {
    throw session.json ? error : tellByLine(error, path);
  });
  if (imported.resubmission === null) {
    const unsent = resubmit ? [`Nothing was sent. ${imported.refused?.message ?? allHaveIssues}`] : [];
    session.answer(imported, () => [renderCounts(imported), ...unsent, ...nextSteps(imported, path, run)].join("\n"));
    return resubmit ? exitCodes.failed : exitCodes.completed;
  }
  if (!session.json) session.answer(imported, () => renderCounts(imported));
  const toAnswer = (resubmission: Imported["resubmission"]) => ({ ...imported, resubmission });
  return await followResubmission(session, imported.resubmission, { detach, toAnswer });
}

const allHaveIssues = "All of the records still have issues.";

type Imported = RouterOutputs["records"]["import"];

function renderCounts({ read, edited, unchanged, ready, withIssues }: Imported): string {
  const rows = [
    ["Read", formatNumber(read)],
    ["Edited", formatNumber(edited)],
    ["Unchanged", formatNumber(unchanged)],
    ["Without issues now", formatNumber(ready)],
    ["Still with issues", formatNumber(withIssues)],
  ];
  return `${renderTable(["Records", ""], rows, [""])}\n`;
}

function nextSteps({ ready, withIssues }: Imported, path: string, run: string | undefined): string[] {
  const ofRun = run === undefined ? "" : ` --run ${shellWord(run)}`;
  return [
    ready > 0 ? `Send those without issues: npx waybill records import ${shellWord(path)}${ofRun} --resubmit` : "",
    withIssues > 0 ? `See what is still wrong: npx waybill records list${ofRun}` : "",
  ].filter(Boolean);
}

const faultsSchema = z.object({
  rows: z.number(),
  faults: z.array(z.object({ line: z.number(), message: z.string() })),
});

/** The faulty rows of a file as a list; any other fault as it is. */
function tellByLine(error: unknown, path: string): unknown {
  const { code, details } = toFailure(error);
  const said = faultsSchema.safeParse(details);
  if (code !== "corrections_invalid" || !said.success) return error;
  const { rows, faults } = said.data;
  const lines = faults.map(({ line, message }) => `  Line ${line} ${message}`);
  if (rows > faults.length) lines.push(`  And ${formatNumber(rows - faults.length)} more.`);
  const count = rows === 1 ? "1 row" : `${formatNumber(rows)} rows`;
  const message = `Nothing was taken from ${JSON.stringify(path)}, since ${count} cannot be:\n${lines.join("\n")}`;
  return new CliFailure(code, message, details);
}
