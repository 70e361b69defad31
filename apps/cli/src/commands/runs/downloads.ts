import type { Command } from "commander";
import { outJsonOption, outOption, saveDownload } from "../../save-download.ts";
import { type Session, withSession } from "../../session.ts";

/** Adds the commands that fetch a file of a run. */
export function addDownloads(runs: Command): void {
  addDownload(runs, "source", "The source file, as it was sent.", "source");
  addDownload(runs, "errors", "The rejected records as CSV: the source's columns, then where and why.", "errors.csv");
}

function addDownload(runs: Command, name: string, description: string, path: string): void {
  runs
    .command(`${name} <run>`)
    .description(description)
    .option(...outOption)
    .option(...outJsonOption)
    .action((run: string, options: { out?: string; json?: boolean }) =>
      withSession(options, (session) => fetchFile(session, run, path, options.out)),
    );
}

async function fetchFile(session: Session, run: string, path: string, out: string | undefined): Promise<undefined> {
  // A name may hold what means something else in an address, such as "..".
  const { id } = await session.api.runs.get.query({ run });
  await saveDownload(session, { path: `runs/${id}/${path}`, out });
  return undefined;
}
