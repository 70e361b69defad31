import { limits } from "@waybill/core/limits";
import { type IssueCode, isIssueCode } from "@waybill/core/record/issue-code";
import { type RecordState, recordStates } from "@waybill/core/rejected/record-state";
import type { RecordFilter } from "../data/records.ts";

/** What the address of the Transaction Assistant says. Without a `state` the open records are meant. */
export interface RecordsSearch {
  run?: string;
  integration?: string;
  state?: RecordState | "all";
  code?: IssueCode;
  /** Empty for the record as a whole. */
  field?: string;
  ready?: boolean;
  search?: string;
  /** Empty for nobody. */
  assignee?: string;
  /** Days of the viewer's calendar, such as `2026-11-01`, both included. */
  since?: string;
  until?: string;
}

const textCharactersMax = {
  run: limits.runNameCharactersMax,
  integration: 100,
  field: 100,
  search: limits.searchCharactersMax,
  assignee: limits.assigneeCharactersMax,
};
const states = [...recordStates, "all"] as const;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Takes what fits from an address that anybody may have written. */
export function readRecordsSearch(given: Record<string, unknown>): RecordsSearch {
  const state = states.find((one) => one === given.state);
  const text = (name: keyof typeof textCharactersMax) => {
    // The router reads `?search=54` as a number.
    const written = ["string", "number", "boolean"].includes(typeof given[name]) ? String(given[name]) : undefined;
    return written?.slice(0, textCharactersMax[name]);
  };
  const date = (name: "since" | "until") => {
    const written = given[name];
    return typeof written === "string" && day.test(written) && !Number.isNaN(startOfDay(written)) ? written : undefined;
  };
  const read = {
    run: text("run") || undefined,
    integration: text("integration") || undefined,
    state: state === "open" ? undefined : state,
    code: typeof given.code === "string" && isIssueCode(given.code) ? given.code : undefined,
    field: text("field"),
    ready: typeof given.ready === "boolean" ? given.ready : undefined,
    search: text("search") || undefined,
    assignee: text("assignee"),
    since: date("since"),
    until: date("until"),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The filter that the server takes. */
export function toFilter({ state, since, until, ...same }: RecordsSearch): RecordFilter {
  return {
    ...same,
    ...(state !== "all" && { state: [state ?? "open"] }),
    ...(since !== undefined && { since: new Date(startOfDay(since)).toISOString() }),
    ...(until !== undefined && { until: new Date(startOfDay(until, 1)).toISOString() }),
  };
}

/** Whether anything but the state is chosen. */
export function isNarrowed({ state: _, ...rest }: RecordsSearch): boolean {
  return Object.keys(rest).length > 0;
}

/** Midnight of a day in the viewer's zone, or so many days later; NaN for a day that no calendar has. */
function startOfDay(written: string, daysLater = 0): number {
  const [year = 0, month = 0, date = 0] = written.split("-").map(Number);
  const start = new Date(year, month - 1, date);
  if (start.getMonth() !== month - 1) return Number.NaN;
  return start.setDate(start.getDate() + daysLater);
}
