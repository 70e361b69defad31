import type { Command } from "commander";
import { printBytes } from "../../output.ts";
import { formatNumber } from "../../print/format.ts";
import { type Session, withSession } from "../../session.ts";
import { openTarget } from "../../target-file.ts";
import { download } from "../../transfer.ts";

/** Adds the commands that fetch a file of a run. */
export function addDownloads(runs: Command): void {
  addDownload(runs, "source", "The source file, as it was sent.", "source");
  addDownload(runs, "errors", "The rejected records as CSV: the source's columns, then where and why.", "errors.csv");
}

function addDownload(runs: Command, name: string, description: string, path: string): void {
  runs
    .command(`${name} <run>`)
    .description(description)
    .option("--out <path>", "write to this file instead of standard output")
    .option("--json", "with --out: print one JSON object on standard output; without: do so for faults alone")
    .action((run: string, options: { out?: string; json?: boolean }) =>
      withSession(options, (session) => fetchFile(session, run, path, options.out)),
    );
}

async function fetchFile(session: Session, run: string, path: string, out: string | undefined): Promise<undefined> {
  // A name may hold what means something else in an address, such as "..".
  const { id } = await session.api.runs.get.query({ run });
  const target = out === undefined ? null : await openTarget(out);
  const content = await download(session.connection, `runs/${id}/${path}`);
  if (!target) {
    await printBytes(content);
    return undefined;
  }
  const bytes = await target.write(content);
  session.answer({ path: target.path, bytes }, () => `Wrote ${formatNumber(bytes)} bytes to ${target.path}.`);
  return undefined;
}
