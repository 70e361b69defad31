import { minuteMilliseconds } from "./local-minute.ts";
import { localAt, placeLocal } from "./zone-clock.ts";

/**
 * How far the clocks of a zone are ahead of UTC, as `+02:00`, at a moment whose local time they show twice, so that the two
 * can be told apart; null at any other.
 */
export function repeatedOffset(at: Date, timeZone: string): string | null {
  const local = localAt(at.getTime(), timeZone);
  if (placeLocal(local, timeZone).moved !== "repeated") return null;
  const minutes = Math.round((local - at.getTime()) / minuteMilliseconds);
  const digits = (count: number) => String(Math.floor(count)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${digits(Math.abs(minutes) / 60)}:${digits(Math.abs(minutes) % 60)}`;
}
