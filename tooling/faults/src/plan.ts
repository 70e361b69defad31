import { type Random, seededRandom } from "@waybill/samples/random";
import type { Fault } from "./faults/fault.ts";

/** One step of a plan: a fault, and the random numbers that say how it is done. */
export interface Step {
  number: number;
  fault: Fault;
  random: Random;
}

/**
 * The step of this number. Every fault comes once before any comes again by its weight, so that a short plan has seen
 * all of them; the same seed and faults give the same plan.
 */
export function stepOf(seed: number, number: number, faults: readonly Fault[]): Step {
  const random = seededRandom(seed, number);
  const first = shuffled(faults, seed)[number - 1];
  return {
    number,
    fault: first ?? random.pick(faults.flatMap((fault) => Array<Fault>(fault.weight).fill(fault))),
    random,
  };
}

function shuffled(faults: readonly Fault[], seed: number): Fault[] {
  const random = seededRandom(seed);
  const left = [...faults];
  const order: Fault[] = [];
  while (left.length > 0) order.push(...left.splice(random.between(0, left.length - 1), 1));
  return order;
}
