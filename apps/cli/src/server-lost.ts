import { CliFailure } from "./failure.ts";

/** For how long a server that has gone away is waited for. */
export const lostMillisecondsMax = 30_000;

/** The fault of a server that stays away; `goesOn` says what goes on there, and how to come back to it. */
export function serverLost(goesOn: string, details: Record<string, unknown>): CliFailure {
  return new CliFailure("server_unreachable", `The server stopped answering. ${goesOn}`, details);
}
