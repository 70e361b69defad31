import { type DestinationStream, type Logger, pino } from "pino";

/**
 * Postgres puts values of a record into these properties of an error: the key that is there already, the line of a COPY.
 * They are for whoever may see the record, and the log is read by others.
 */
const withValues = ["detail", "where", "internalQuery"].map((property) => `err.${property}`);

/** A log in lines of JSON, from `level` on, which tells of errors without the records that they speak of. */
export function openLog(level: "info" | "warn", destination: DestinationStream): Logger {
  return pino({ level, redact: { paths: withValues, remove: true } }, destination);
}
