import type { z } from "zod";
import type { Context } from "../context.ts";
import { getSetRun, type getSetRunInput } from "./read-set-run.ts";
import type { SetRunSummary } from "./set-run.ts";

/** A set run now and after each change of it or of the run of its step, until it is over or `signal` aborts. Throws `set_run_unknown`. */
export async function* watchSetRun(
  ctx: Context,
  input: z.output<typeof getSetRunInput>,
  signal?: AbortSignal,
): AsyncGenerator<SetRunSummary> {
  const own = new AbortController();
  const changes = ctx.changes.follow(signal ? AbortSignal.any([signal, own.signal]) : own.signal);
  try {
    // The first wait begins before the first look, so that no change falls between them.
    let next = changes.next();
    let summary = await getSetRun(ctx, input);
    yield summary;
    while (summary.status === "in_progress") {
      const change = await next;
      if (change.done) return;
      next = changes.next();
      const going = summary.steps.find((step) => step.status === "in_progress")?.run?.id;
      if (change.value !== null && change.value !== summary.id && change.value !== going) continue;
      summary = await getSetRun(ctx, { setRun: summary.id });
      yield summary;
    }
  } finally {
    own.abort();
  }
}
