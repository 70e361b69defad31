import { join } from "node:path";
import { followRun } from "../../follow-run.ts";
import { openLocalFile } from "../../local-file.ts";
import { renderRunSummary } from "../../print/run-summary.ts";
import type { Session } from "../../session.ts";
import { uploadFile } from "../../transfer.ts";

const sample = "people-import";

/** Runs the sample people import and prints its Run Summary, in a Waybill where nothing has run yet. */
export async function runFirstSample(session: Session, folder: string): Promise<void> {
  const { items } = await session.api.runs.list.query({ limit: 1 });
  const { items: samples } = await session.api.integrations.list.query({ search: sample });
  if (items.length > 0 || samples.length === 0) return;
  const send = async (name: string) => uploadFile(session.connection, await openLocalFile(join(folder, "files", name)));
  const run = await session.api.runs.start.mutate({
    integration: sample,
    name: "First run of the sample people",
    sourceFile: await send("people.csv"),
    attachments: { jobCodes: await send("job-codes.csv") },
  });
  const summary = await followRun(session, run.id);
  session.answer(summary, () => renderRunSummary(summary));
  process.stdout.write("\n");
}
