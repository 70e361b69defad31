import type { Bench } from "./bench/open-bench.ts";
import type { Case } from "./case.ts";
import { type JudgedLine, judge } from "./report/judge.ts";

/** What the cases gave, and which of them could not be measured. */
export interface Measured {
  lines: JudgedLine[];
  faults: { case: string; reason: string }[];
}

/** Measures one case after the other; one that cannot be measured does not keep the others. */
export async function runCases(bench: Bench, cases: Case[]): Promise<Measured> {
  const measured: Measured = { lines: [], faults: [] };
  for (const one of cases) {
    bench.say(`${one.name}: ${one.what}`);
    try {
      for (const line of await one.measure(bench)) measured.lines.push(judge(one.name, line));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      bench.say(`${one.name} could not be measured: ${reason}`);
      measured.faults.push({ case: one.name, reason });
    }
  }
  return measured;
}
