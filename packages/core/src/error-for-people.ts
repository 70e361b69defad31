import { DatabaseError } from "pg";
import { describeWorldFault, isWorldFault } from "./engine/world-fault.ts";
import { WaybillError } from "./errors.ts";

/**
 * An error as it may be said to whoever asked: one that is meant for people, a value that Postgres cannot hold and that
 * came with the request, or a database that is gone. Null for every other, which is a fault of ours.
 */
export function errorForPeople(error: unknown): WaybillError | null {
  if (error instanceof WaybillError) return error;
  if (isWorldFault(error)) return unreachable(error);
  const message = error instanceof DatabaseError ? sentences[error.code ?? ""] : undefined;
  return message === undefined ? null : new WaybillError("input_invalid", message);
}

function unreachable(error: unknown): WaybillError {
  const message = `This cannot be answered now: ${describeWorldFault(error)}. Runs go on when it is back; try again in a moment.`;
  return new WaybillError("database_unreachable", message);
}

const character = "The request holds a character that Waybill cannot keep, such as NUL. Take it out.";
const time = "The request holds a date or time that is none, or lies too far away. Correct it.";

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sentences: Record<string, string> = {
  "22021": character,
  "22P05": character,
  "22003": "The request holds a number that is larger than Waybill can keep. Correct it.",
  "22007": time,
  "22008": time,
  "22P02": "The request holds a value that does not have the form it should, such as a changed cursor. Correct it.",
};
