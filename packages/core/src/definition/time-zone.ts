import type { Definition } from "./definition.ts";

/** Whether this is a time zone that the machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Where a source's local times are meant: in UTC if the definition names no zone, on whichever machine a run is executed. */
export function sourceTimeZone(definition: Definition): string {
  return definition.timeZone ?? "UTC";
}
