import { DatabaseError } from "pg";

const networkCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);

/** SQLSTATE classes and codes that say that the database, not the data, is in trouble; the same work may succeed later. */
const worldStates = /^(08|53|57P0|58|40001|40P01|55P03|25P0[34])/;

/** Whether a fault lies outside Waybill and its data, so that trying again makes sense. */
export function isWorldFault(error: unknown): boolean {
  if (error instanceof DatabaseError) return worldStates.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && networkCodes.has(error.code)) return true;
  return /connection (was )?(terminated|lost|closed|ended)|timeout exceeded when trying to connect/i.test(
    error.message,
  );
}

/** What a fault of the world was, as the end of a sentence. */
export function describeWorldFault(error: unknown): string {
  const state = error instanceof DatabaseError ? (error.code ?? "") : "";
  if (state === "55P03") return "another program held a lock on the destination";
  if (/^40/.test(state)) return "another program changed the same records in the same moment";
  if (/^53/.test(state)) return "the database had no connection, memory or disk space left";
  return "the database could not be reached";
}
