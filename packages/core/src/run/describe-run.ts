import type { FileSignature } from "../file/judge-signature.ts";

/** Stands where there is nothing to say. */
const none = "–";

/** The time from one ISO 8601 moment to another, as `describeMilliseconds` says it; a dash where one of them is missing. */
export function describeDuration(from: string | null, to: string | null): string {
  if (from === null || to === null) return none;
  return describeMilliseconds(Math.max(0, Date.parse(to) - Date.parse(from)));
}

/** How long that is, such as `350 ms`, `4.2 s`, `3 min 20 s` or `2 h 5 min`. */
export function describeMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The value of a parameter as a run keeps it. */
export function describeParameter(value: unknown): string {
  if (value === null || value === undefined) return none;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object" && "start" in value && "end" in value) return `${value.start} to ${value.end}`;
  return String(value);
}

/** Who signed a file, and whether that was confirmed. */
export function describeSignature({ userId, keyId, verified }: FileSignature): string {
  return `signed by ${userId ?? keyId}${verified ? "" : " (not verified)"}`;
}
