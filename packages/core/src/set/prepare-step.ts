import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type PreparedRun, prepareRun } from "../run/prepare-run.ts";
import { findFile, findFiles } from "../stored-file/read-file.ts";
import { isTaken } from "./check-steps.ts";
import type { SetStep } from "./set-definition.ts";

/** The ids of the stored files that a step reads. */
export interface StepFiles {
  sourceFile: string | null;
  attachments: Record<string, string>;
}

/** A step, with the values that are given once for the set and the files that it reads. */
export interface GivenStep {
  step: SetStep;
  values: Record<string, unknown>;
  files: StepFiles;
}

/** Checks what a step's run is to be started with. Throws what starting a run throws. */
export async function prepareStep(ctx: Context, { step, values, files }: GivenStep): Promise<PreparedRun> {
  const given = Object.entries(step.parameters).map(([key, value]) => [
    key,
    isTaken(value) ? values[value.parameter] : value,
  ]);
  return await prepareRun(ctx, {
    integration: step.integration,
    parameters: Object.fromEntries(given),
    source: files.sourceFile ? await findFile(ctx, files.sourceFile) : null,
    attachments: await findFiles(ctx, files.attachments),
  });
}

/** A fault of a step, which says of which. */
export function faultOfStep(step: SetStep, position: number, error: unknown): unknown {
  if (!(error instanceof WaybillError)) return error;
  const message = `Step ${position} (${step.key}): ${error.message}`;
  return new WaybillError(error.code, message, { ...error.details, step: step.key });
}
