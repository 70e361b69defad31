import { DatabaseError } from "pg";

const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** What the worker's own machine has run out of, by the code of the system. */
const machineFaults: Record<string, string> = {
  ENOSPC: "the worker's disk was full",
  EDQUOT: "the worker's disk quota was used up",
  EMFILE: "the worker had too many files open",
  ENFILE: "the worker's machine had too many files open",
};

/** SQLSTATE classes and codes that say that the database, not the data, is in trouble; the same work may succeed later. */
const worldStates = /^(08|53|57P0|57014|58|25006|40001|40P01|55P03|25P0[34])/;

/** What the driver says, without a code, of a connection that is gone or does not come about. */
const lostConnection =
  /connection (was )?(terminated|lost|closed|ended)|timeout (expired|exceeded when trying to connect)|query read timeout|not queryable/i;

/** Whether a fault lies outside Waybill and its data, so that trying again makes sense. */
export function isWorldFault(error: unknown): boolean {
  if (error instanceof DatabaseError) return worldStates.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return networkCodes.has(code) || code in machineFaults || lostConnection.test(error.message);
}

/** What a fault of the world was, as the end of a sentence. */
export function describeWorldFault(error: unknown): string {
  const code = codeOf(error);
  if (machineFaults[code]) return machineFaults[code];
  if (code === "55P03") return "another program held a lock on the destination";
  if (code === "57014") return "a statement was cancelled, by somebody or by the database's own time limit";
  if (code === "25006") return "the database took no writes";
  if (/^40/.test(code)) return "another program changed the same records in the same moment";
  if (/^53/.test(code)) return "the database had no connection, memory or disk space left";
  return "the database could not be reached";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
