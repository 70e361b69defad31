import type { Random } from "@waybill/samples/random";
import type { World } from "../world/world.ts";

/** What a fault did, in words, and how the world is made well again. */
export interface Harm {
  did: string;
  heal(): Promise<void>;
}

/** One way in which the world can fail. */
export interface Fault {
  name: string;
  /** What `--list` says of it. */
  says: string;
  /** How often it is chosen, beside the others. */
  weight: number;
  /** Why it cannot be done on this machine; null, or nothing here, where it can. */
  impossible?(): Promise<string | null>;
  /** Does the harm; the random numbers are those of the step. */
  inject(world: World, random: Random): Promise<Harm>;
}

/** For what needs no healing. */
export async function nothingToHeal(): Promise<void> {}
