import { limits } from "../limits.ts";

/** Why a message could not be sent, for whoever reads the log of deliveries: what an error says, and what caused it. */
export function sayFault(error: unknown, secondsMax: number): string {
  const errors = chainOf(error);
  if (errors.some(({ name }) => name === "TimeoutError")) return `There was no answer within ${secondsMax} s.`;
  if (errors.some(({ name }) => name === "AbortError")) return "The worker that was sending it stopped.";
  const [said = String(error), ...causes] = errors.map(sayOne).filter(Boolean);
  return [said, [...new Set(causes)].join(", ")]
    .filter(Boolean)
    .join(": ")
    .replaceAll("\0", "\ufffd")
    .slice(0, limits.answerCharactersMax);
}

/** An error and all that caused it. A host of several addresses fails with an error for each. */
function chainOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const causes = error instanceof AggregateError ? error.errors : [error.cause];
  return [error, ...causes.flatMap(chainOf)];
}

function sayOne(error: Error): string {
  if (error.message || error instanceof AggregateError) return error.message;
  return "code" in error ? String(error.code) : "";
}
