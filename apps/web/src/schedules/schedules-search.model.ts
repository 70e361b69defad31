/** What the address of the schedules says: the one that was just saved, and the one whose planned and past runs alone are shown. */
export interface SchedulesSearch {
  saved?: string;
  schedule?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readSchedulesSearch({ saved, schedule }: Record<string, unknown>): SchedulesSearch {
  return { ...(isId(saved) && { saved }), ...(isId(schedule) && { schedule }) };
}

function isId(given: unknown): given is string {
  return typeof given === "string" && given !== "" && given.length <= idCharactersMax;
}

const idCharactersMax = 100;
