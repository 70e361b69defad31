import type { Bench } from "../bench/open-bench.ts";
import type { Peer } from "../case.ts";
import { inTurns } from "../measure/in-turns.ts";

/** A program that does the work of Waybill, as it stands on this machine. */
export interface PeerProgram {
  name: string;
  /** Does the work once and gives its number; null where the program is not installed. */
  turn: (() => Promise<number>) | null;
}

/** What Waybill and its peers needed, the peers in the order in which they were given. */
export interface Race {
  values: number[];
  peers: Peer[];
}

/** Lets Waybill and its peers do the same work in turn, so many times each. */
export async function race(
  bench: Bench,
  times: number,
  waybill: () => Promise<number>,
  programs: PeerProgram[],
): Promise<Race> {
  const present = programs.flatMap(({ name, turn }) => (turn ? [[name, turn] as const] : []));
  const values = await inTurns(times, { Waybill: waybill, ...Object.fromEntries(present) }, (name, value) =>
    bench.say(`${name}: ${value.toFixed(3)}`),
  );
  const taken: Record<string, number[] | undefined> = values;
  const peers = programs.map(({ name, turn }) =>
    turn ? { name, values: taken[name] ?? [] } : { name, absent: "not installed" },
  );
  return { values: values.Waybill ?? [], peers };
}
