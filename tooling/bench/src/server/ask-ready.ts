import type { BenchServer } from "./start-server.ts";

/** Asks a server whether it is ready. Throws when it is not. */
export async function askReady(server: BenchServer): Promise<void> {
  const answer = await fetch(new URL("/readyz", server.url));
  const said = await answer.text();
  if (!answer.ok) throw new Error(`/readyz answered ${answer.status}: ${said}`);
}
