import type { Kind } from "../work/kind.ts";
import type { StartedDelivery } from "./audit.ts";
import type { Query } from "./holdings.ts";
import type { Violation } from "./violation.ts";

/**
 * Checks a destination whose every load writes all keys again. Loads take turns, so what it holds is of the last one
 * that completed; each load that broke off may have left the first of its records over that.
 */
export async function checkOverwritten(
  query: Query,
  kind: Kind,
  started: StartedDelivery[],
): Promise<{ violations: Violation[]; lost: number; doubled: number }> {
  const completed = started.filter(({ end }) => end?.status === "completed");
  if (completed.length === 0) return { violations: [], lost: 0, doubled: 0 };
  const parts = await readParts(query, kind);
  const [rows, keys] = [total(parts.map((part) => part.rows)), parts[0]?.keys ?? 0];
  const expected = Math.max(...completed.map(({ delivery }) => delivery.records));
  const brokenOff = started.length - completed.length;
  const [lost, doubled] = [Math.max(0, expected - keys), rows - keys];
  const violations: Violation[] = [];
  if (lost > 0) violations.push({ rule: "lost", detail: `${lost} of ${expected} keys of ${kind.table} are missing` });
  if (doubled > 0) violations.push({ rule: "doubled", detail: `${doubled} rows of ${kind.table} are there twice` });
  if (parts.length > brokenOff + 1) {
    const held = parts.map(({ run, first, last }) => `${nameOf(run, started)} from record ${first} to ${last}`);
    const detail = `${kind.table} holds records of several runs, of which ${brokenOff} broke off: ${held.join("; ")}`;
    violations.push({ rule: "interleaved", detail });
  }
  return { violations, lost, doubled };
}

/** The rows that one run left. */
interface Part {
  run: number;
  rows: number;
  /** How many keys the whole table has. */
  keys: number;
  first: number;
  last: number;
}

async function readParts(query: Query, kind: Kind): Promise<Part[]> {
  return await query<Part>(
    `select run::int as run, count(*)::int as rows, (select count(distinct id)::int from ${kind.table}) as keys,
       min(record)::int as first, max(record)::int as last
     from ${kind.table} group by run order by run`,
  );
}

function total(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function nameOf(run: number, started: StartedDelivery[]): string {
  const end = started.find(({ delivery }) => delivery.number === run)?.end;
  return end ? `${end.name} (${end.id}, ${end.startedAt} to ${end.finishedAt})` : `delivery ${run}`;
}
