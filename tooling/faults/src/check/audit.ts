import type { Delivery } from "../work/delivery.ts";
import { type Kind, kinds } from "../work/kind.ts";
import type { Api, Run, RunLogLine } from "../world/api.ts";
import { checkDelivery } from "./check-delivery.ts";
import { checkOverwritten } from "./check-overwritten.ts";
import { countForeign, type Query, readHoldings } from "./holdings.ts";
import type { Violation } from "./violation.ts";

/** A delivery with the run it became, and that run's end as it was first seen. */
export interface EndedDelivery {
  delivery: Delivery;
  end: Run;
}

/** A delivery whose run may still be under way, or stuck. */
export interface StartedDelivery {
  delivery: Delivery;
  end: Run | undefined;
}

/** What an audit found. */
export interface Audit {
  violations: Violation[];
  lost: number;
  doubled: number;
  records: number;
}

/** Where an audit reads: the public API and the destination, nothing else. */
export interface AuditSources {
  api: Api;
  query: Query;
}

/**
 * Holds ended deliveries against the API and the destinations. `started` are all deliveries there ever were:
 * what no one of them brought is foreign.
 */
export async function audit(sources: AuditSources, ended: EndedDelivery[], started: StartedDelivery[]): Promise<Audit> {
  const found: Audit = { violations: [], lost: 0, doubled: 0, records: 0 };
  const holdingOf = await readHoldings(
    sources.query,
    ended.map(({ delivery }) => delivery),
  );
  for (const one of ended) {
    const run = await sources.api.ask((client) => client.runs.get.query({ run: one.end.id }));
    const { violations, lost, doubled } = checkDelivery(one.delivery, run, holdingOf(one.delivery.number));
    found.violations.push(
      ...violations,
      ...changesSince(one.end, run),
      ...checkLog(run, await sources.api.logOf(run.id)),
    );
    found.lost += lost;
    found.doubled += doubled;
    found.records += run.counts.read;
  }
  for (const kind of Object.values(kinds)) await auditKind(sources.query, kind, started, found);
  return found;
}

async function auditKind(query: Query, kind: Kind, started: StartedDelivery[], found: Audit): Promise<void> {
  const ofKind = started.filter(({ delivery }) => delivery.kind === kind);
  const numbers = ofKind.map(({ delivery }) => delivery.number);
  const foreign = await countForeign(query, kind, numbers);
  if (foreign > 0) found.violations.push({ rule: "foreign", detail: `${foreign} rows of ${kind.table} are of no run` });
  if (!kind.overwrites) return;
  const { violations, lost, doubled } = await checkOverwritten(query, kind, ofKind);
  found.violations.push(...violations);
  found.lost += lost;
  found.doubled += doubled;
}

function changesSince(end: Run, now: Run): Violation[] {
  const seen = ({ status, finishedAt, counts, kept, failure }: Run) =>
    JSON.stringify([status, finishedAt, counts, kept, failure]);
  if (seen(end) === seen(now)) return [];
  return [{ rule: "status", detail: `${now.name} ended as ${seen(end)}, and is now ${seen(now)}` }];
}

function checkLog(run: Run, log: RunLogLine[]): Violation[] {
  const ends = log.filter(({ event }) => finalEvents.includes(event)).map(({ event }) => event);
  if (ends.length === 1 && ends[0] === run.status) return [];
  return [{ rule: "log", detail: `${run.name} is ${run.status}, and its log tells of these ends: ${ends.join(", ")}` }];
}

const finalEvents: string[] = ["completed", "completed_with_errors", "failed", "cancelled"] satisfies Run["status"][];
