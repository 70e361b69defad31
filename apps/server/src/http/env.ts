import type { Actor } from "@waybill/core/context";

/** What the routes find with every request. */
export interface HttpEnv {
  Variables: { actor: Actor | null };
}
