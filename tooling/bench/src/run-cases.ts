import type { Bench } from "./bench/open-bench.ts";
import type { Case } from "./case.ts";
import { type JudgedLine, judge } from "./report/judge.ts";

/** What the cases gave, and which of them could not be measured. */
export interface Measured {
  lines: JudgedLine[];
  faults: { case: string; reason: string }[];
}

/** Measures one case after the other; one that cannot be measured does not keep the others. Throws when told to stop. */
export async function runCases(bench: Bench, cases: Case[], quick: boolean): Promise<Measured> {
  const measured: Measured = { lines: [], faults: [] };
  const stopped = rejectWhenStopped(bench.signal);
  for (const one of cases) {
    bench.say(`${one.name}: ${one.what}`);
    try {
      const lines = await Promise.race([one.measure(bench), stopped]);
      measured.lines.push(...lines.map((line) => judge(one.name, line, quick)));
    } catch (error) {
      bench.signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      bench.say(`${one.name} could not be measured: ${reason}`);
      measured.faults.push({ case: one.name, reason });
    }
  }
  return measured;
}

function rejectWhenStopped(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  signal.addEventListener("abort", () => reject(signal.reason));
  return promise;
}
