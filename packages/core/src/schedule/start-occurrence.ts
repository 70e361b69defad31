import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Context } from "../context.ts";
import { insertPrepared, prepareRun } from "../run/prepare-run.ts";
import { insertPreparedSet, prepareSet } from "../set/prepare-set.ts";
import { findFile, findFiles } from "../stored-file/read-file.ts";
import type { DueSchedule } from "./held-schedule.ts";

/** What an occurrence made: a run, or a set run. */
export interface StartedRun {
  runId: string | null;
  setRunId: string | null;
}

/** A run or a set run that an occurrence may start; it is kept in the caller's transaction. */
export type PreparedOccurrence = (client: PoolClient) => Promise<StartedRun>;

/** Checks what an occurrence is to be started with. Throws what starting a run, or a set, throws. */
export async function prepareOccurrence(ctx: Context, schedule: DueSchedule, at: Date): Promise<PreparedOccurrence> {
  // What `today` is follows from the time that was meant, however late a worker comes.
  const then = { ...ctx, clock: { now: () => at } };
  const said = `The schedule ${schedule.name} started it.`;
  if (schedule.set !== null) {
    const prepared = await prepareSet(then, {
      set: schedule.set,
      parameters: schedule.parameters,
      sourceFile: fileOf(schedule, "", ""),
      steps: stepsOf(schedule),
    });
    return async (client) => {
      const id = uuidv7();
      await insertPreparedSet(ctx, client, prepared, { id, trigger: "schedule" });
      return { runId: null, setRunId: id };
    };
  }
  const sourceFile = fileOf(schedule, "", "");
  const prepared = await prepareRun(then, {
    integration: schedule.integration ?? "",
    parameters: schedule.parameters,
    source: sourceFile ? await findFile(ctx, sourceFile) : null,
    attachments: await findFiles(ctx, attachmentsOf(schedule, "")),
  });
  return async (client) => {
    const id = uuidv7();
    await insertPrepared(ctx, client, prepared, {
      id,
      name: undefined,
      test: false,
      idempotencyKey: null,
      requestSha256: null,
      origin: { trigger: "schedule", fromRunId: null },
      said,
    });
    return { runId: id, setRunId: null };
  };
}

function fileOf({ files }: DueSchedule, step: string, key: string): string | undefined {
  return files.find((file) => file.step === step && file.key === key)?.id;
}

function attachmentsOf({ files }: DueSchedule, step: string): Record<string, string> {
  const attached = files.filter((file) => file.step === step && file.key !== "");
  return Object.fromEntries(attached.map(({ key, id }) => [key, id]));
}

function stepsOf(schedule: DueSchedule) {
  const keys = new Set(schedule.files.map(({ step }) => step).filter((step) => step !== ""));
  return Object.fromEntries(
    [...keys].map((step) => [
      step,
      { sourceFile: fileOf(schedule, step, ""), attachments: attachmentsOf(schedule, step) },
    ]),
  );
}
