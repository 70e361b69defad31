import { type Delivery, faultyAmong } from "../work/delivery.ts";
import type { Run } from "../world/api.ts";
import type { Holding } from "./holdings.ts";
import type { Violation } from "./violation.ts";

/** What was found of one delivery. */
export interface DeliveryFindings {
  violations: Violation[];
  lost: number;
  doubled: number;
}

/** The part of a run that is judged. */
export type JudgedRun = Pick<Run, "name" | "status" | "counts" | "kept" | "failure">;

/** Holds a delivery whose run is over against what the API says of the run and what the destination holds of it. */
export function checkDelivery(delivery: Delivery, run: JudgedRun, holding: Holding): DeliveryFindings {
  const violations: Violation[] = [];
  const complain = (rule: Violation["rule"], what: string) =>
    violations.push({ rule, detail: `${run.name} (delivery ${delivery.number} of ${delivery.kind.key}): ${what}` });
  const fault = countFault(delivery, run);
  if (fault) complain("counts", fault);
  const fate = fateFault(delivery, run);
  if (fate) complain("status", fate);

  const expected = run.kept ? run.counts.accepted : 0;
  const lost = delivery.kind.overwrites ? 0 : Math.max(0, expected - holding.records);
  const doubled = holding.rows - holding.records;
  const surplus = Math.max(0, holding.records - expected);
  if (lost > 0) complain("lost", `${lost} of ${expected} records are missing`);
  if (doubled > 0) complain("doubled", `${doubled} rows are there twice`);
  if (surplus > 0) complain("foreign", `${surplus} records are there that the run does not count as kept`);
  if (holding.rows > 0 && holding.last > run.counts.read) {
    complain("foreign", `record ${holding.last} is there, and the run read ${run.counts.read}`);
  }
  if (holding.wrong > 0) complain("foreign", `${holding.wrong} rows are not as they were sent`);
  if (holding.faulty > 0) complain("foreign", `${holding.faulty} rows are there that should have been turned away`);
  return { violations, lost, doubled };
}

/** What is wrong with the counts of a run alone, whatever its status; null when they add up. */
export function sumFault({ counts }: Pick<Run, "counts">): string | null {
  const { read, accepted, inserted, updated, unchanged, skipped, rejected } = counts;
  if (read !== accepted + skipped + rejected) return `read ${read} is not ${accepted} + ${skipped} + ${rejected}`;
  if (accepted !== inserted + updated + unchanged) return `accepted ${accepted} is not the sum of its parts`;
  return null;
}

function countFault(delivery: Delivery, run: JudgedRun): string | null {
  const { read, rejected, skipped } = run.counts;
  const faulty = faultyAmong(delivery.kind, read);
  if (read > delivery.records) return `read ${read} of ${delivery.records} records`;
  if (rejected !== faulty) return `rejected ${rejected}, and ${faulty} of the first ${read} records are faulty`;
  if (skipped !== 0) return `skipped ${skipped}, and nothing is to be skipped`;
  const whole = run.status === "completed" || run.status === "completed_with_errors";
  if (whole && read !== delivery.records) return `is over, having read ${read} of ${delivery.records} records`;
  return sumFault(run);
}

/** Failures that the world may bring on a run; `unexpected` is never one. */
const failuresOfTheWorld = ["workers_lost", "world_unreachable"];

function fateFault(delivery: Delivery, { status, kept, failure }: JudgedRun): string | null {
  const faulty = faultyAmong(delivery.kind, delivery.records);
  const keepsNothing = delivery.kind.allOrNothing && faulty > 0;
  switch (status) {
    case "completed":
      return faulty > 0 || !kept ? `is completed, with ${faulty} faulty records, kept ${kept}` : null;
    case "completed_with_errors":
      return faulty === 0 || keepsNothing ? `is completed_with_errors, with ${faulty} faulty records` : null;
    case "cancelled":
      return delivery.cancelled ? null : "is cancelled, and nobody asked for that";
    case "failed": {
      if (keepsNothing && failure?.code === "nothing_kept") return null;
      return failuresOfTheWorld.includes(failure?.code ?? "") ? null : `failed: ${failure?.code} ${failure?.message}`;
    }
    default:
      return `is ${status} at the end`;
  }
}
