import { isoTimestamp } from "../iso-timestamp.ts";

/** SQL that gives the `RunOfSchedule` of the run, or set run, whose occurrence `o` meets this condition; null where none does. */
export function scheduleOf(condition: string): string {
  return `(
    select json_build_object('id', h.id, 'name', h.name, 'at', ${isoTimestamp("o.at")})
    from waybill.occurrences o join waybill.schedules h on h.id = o.schedule_id where ${condition})`;
}
