import type { Actor } from "@waybill/core/context";

/** What the routes find with every request: who asks, and by what that is known. Both are null for a stranger. */
export interface HttpEnv {
  Variables: { actor: Actor | null; knownBy: "token" | "session" | null };
}
