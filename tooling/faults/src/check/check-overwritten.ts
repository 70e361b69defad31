import type { Kind } from "../work/kind.ts";
import type { EndedDelivery } from "./audit.ts";
import type { Query } from "./holdings.ts";
import type { Violation } from "./violation.ts";

/**
 * Checks a destination whose every load writes all keys again. Loads take turns, so what it holds is of the last one
 * that completed; each load that broke off may have left the first of its records over that.
 */
export async function checkOverwritten(
  query: Query,
  kind: Kind,
  ended: EndedDelivery[],
): Promise<{ violations: Violation[]; lost: number; doubled: number }> {
  const completed = ended.filter(({ end }) => end.status === "completed");
  if (completed.length === 0) return { violations: [], lost: 0, doubled: 0 };
  const [found] = await query<{ rows: number; keys: number; runs: number }>(
    `select count(*)::int as rows, count(distinct id)::int as keys, count(distinct run)::int as runs from ${kind.table}`,
  );
  const { rows = 0, keys = 0, runs = 0 } = found ?? {};
  const expected = Math.max(...completed.map(({ delivery }) => delivery.records));
  const brokenOff = ended.length - completed.length;
  const [lost, doubled] = [Math.max(0, expected - keys), rows - keys];
  const violations: Violation[] = [];
  if (lost > 0) violations.push({ rule: "lost", detail: `${lost} of ${expected} keys of ${kind.table} are missing` });
  if (doubled > 0) violations.push({ rule: "doubled", detail: `${doubled} rows of ${kind.table} are there twice` });
  if (runs > brokenOff + 1) {
    const detail = `${kind.table} holds records of ${runs} runs at once, and ${brokenOff} broke off`;
    violations.push({ rule: "interleaved", detail });
  }
  return { violations, lost, doubled };
}
