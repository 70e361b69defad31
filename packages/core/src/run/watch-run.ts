import type { z } from "zod";
import type { Context } from "../context.ts";
import { getRun, type getRunInput } from "./read-run.ts";
import type { RunSummary } from "./run-summary.ts";
import { isFinal } from "./status.ts";

/** The Run Summary now and after each change, until the run is over or `signal` aborts. Throws `run_unknown`. */
export async function* watchRun(
  ctx: Context,
  input: z.output<typeof getRunInput>,
  signal?: AbortSignal,
): AsyncGenerator<RunSummary> {
  const own = new AbortController();
  const changes = ctx.changes.follow(signal ? AbortSignal.any([signal, own.signal]) : own.signal);
  try {
    // The first wait begins before the first look, so that no change falls between them.
    let next = changes.next();
    let summary = await getRun(ctx, input);
    yield summary;
    while (!isFinal(summary.status)) {
      const change = await next;
      if (change.done) return;
      next = changes.next();
      if (change.value !== null && change.value !== summary.id) continue;
      summary = await getRun(ctx, { run: summary.id });
      yield summary;
    }
  } finally {
    own.abort();
  }
}

/** The id of each run as it changes; `run` is null when changes may have been missed, so that all should be read again. */
export async function* followRuns(ctx: Context, signal?: AbortSignal): AsyncGenerator<{ run: string | null }> {
  for await (const run of ctx.changes.follow(signal ?? new AbortController().signal)) yield { run };
}
