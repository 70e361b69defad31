import { minuteMilliseconds, writeLocal } from "./local-minute.ts";
import { isNamedZone, localAt, placeLocal } from "./zone-clock.ts";

/** So long may it take until whoever keeps the recurrence sees it; the start is still to come then. */
const leadMilliseconds = 5_000;

/**
 * The start, on the clocks of a zone, of a recurrence that begins now: the next full minute, so that what is past does not
 * count among its times. While the clocks show an hour for the second time that is the end of it, since a local time is
 * meant as the first of two. Of a zone that nobody knows it is that of UTC; `checkRecurrence` tells of the zone.
 */
export function startFromNow(timeZone: string, now: Date): string {
  const zone = isNamedZone(timeZone) ? timeZone : "UTC";
  let at = (Math.floor((now.getTime() + leadMilliseconds) / minuteMilliseconds) + 1) * minuteMilliseconds;
  while (placeLocal(localAt(at, zone), zone).at < at) at += minuteMilliseconds;
  return writeLocal(localAt(at, zone));
}
