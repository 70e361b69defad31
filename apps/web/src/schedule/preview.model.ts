import { type Occurrence, occurrencesAfter } from "@waybill/core/schedule/recurrence/occurrences";
import type { Recurrence } from "@waybill/core/schedule/recurrence/recurrence";
import { localAt } from "@waybill/core/schedule/recurrence/zone-clock";

const previewedMax = 10;

/** The next occurrences of a recurrence, and whether the viewer's clocks show another time for any of them. */
export interface Preview {
  occurrences: Occurrence[];
  elsewhere: boolean;
}

/** Looks ahead. */
export function previewOf(recurrence: Recurrence, now: Date, viewerZone: string): Preview {
  const occurrences = occurrencesAfter(recurrence, now, previewedMax);
  const differs = ({ at }: Occurrence) =>
    localAt(at.getTime(), recurrence.timeZone) !== localAt(at.getTime(), viewerZone);
  return { occurrences, elsewhere: occurrences.some(differs) };
}

/** What a clock change does to an occurrence, in words; null where none does anything. */
export function sayMoved({ moved, local }: Pick<Occurrence, "moved" | "local">): string | null {
  const time = local.slice(11);
  if (moved === "gap") return `Moved by the clock change: the clocks skip ${time}`;
  return moved === "repeated" ? `At the clock change ${time} comes twice; this is the first` : null;
}
