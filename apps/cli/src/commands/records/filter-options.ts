import type { RouterInputs } from "@waybill/api";
import { limits } from "@waybill/core/limits";
import { type IssueCode, isIssueCode, issueCodes } from "@waybill/core/record/issue-code";
import { type RecordState, recordStates } from "@waybill/core/rejected/record-state";
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { textUpTo } from "../../options.ts";

/** Which records are meant, as the API takes it. */
export type RecordFilter = NonNullable<RouterInputs["records"]["list"]["filter"]>;

/** Which records are meant, as people say it. */
export interface FilterOptions {
  run?: string;
  integration?: string;
  code?: IssueCode;
  field?: string;
  ready?: boolean;
  search?: string;
  assignee?: string;
  unassigned?: boolean;
  /** ISO 8601 in UTC. */
  since?: string;
  /** ISO 8601 in UTC. */
  until?: string;
}

/** What the API takes for a run; a name that was made unique may be longer than one that is given. */
const runCharactersMax = 300;

/** Adds the options that say which records are meant. */
export function addFilterOptions(command: Command): Command {
  return command
    .option("--run <run>", "only those that this run turned away", textUpTo(runCharactersMax))
    .option("--integration <key>", "only those of this integration")
    .option("--code <code>", "only those with this issue, such as required", readCode)
    .option("--field <field>", "only those with an issue in this field; '' is the record as a whole")
    .option("--ready", "only those with no issue left")
    .option("--search <text>", "only those with this in one of their values", readSearch)
    .option("--assignee <name>", "only those assigned to this person", textUpTo(limits.assigneeCharactersMax))
    .addOption(new Option("--unassigned", "only those assigned to nobody").conflicts("assignee"))
    .option("--since <when>", "only those of runs started on this date, or at this date and time, or later", readSince)
    .option(
      "--until <when>",
      "only those of runs started on this date or earlier, or before this date and time",
      readUntil,
    );
}

/** The choice of `--state` that leaves no state out. */
export const everyState = "all";

/** The options of a command that asks for records in any state. */
export interface StateOptions extends FilterOptions {
  state: RecordState | typeof everyState;
}

/** Adds the option that says in which state the records are, which is open where it is left out. */
export function addStateOption(command: Command): Command {
  const states = new Option("--state <state>", "only those in this state").choices([...recordStates, everyState]);
  return command.addOption(states.default("open"));
}

/** The filter that these options say, with the state. */
export function filterOfState(options: StateOptions): RecordFilter {
  const { state } = options;
  return { ...filterOf(options), state: state === everyState ? undefined : [state] };
}

/** The filter that these options say; what was not given is undefined. */
export function filterOf(options: FilterOptions): RecordFilter {
  const { run, integration, code, field, ready, search, since, until } = options;
  const assignee = options.unassigned ? "" : options.assignee;
  return { run, integration, code, field, ready, search, assignee, since, until };
}

/** Whether a filter leaves any record out. */
export function narrows(filter: RecordFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

function readCode(text: string): IssueCode {
  if (isIssueCode(text)) return text;
  throw new InvalidArgumentError(`The issues are ${Object.keys(issueCodes).join(", ")}.`);
}

/** An empty search would fit every record, which nobody means who gives one. */
function readSearch(text: string): string {
  textUpTo(limits.searchCharactersMax)(text);
  return text;
}

const dayForm = z.iso.date();
const momentForm = z.iso.datetime({ offset: true, local: true });

function readSince(text: string): string {
  return readMoment(text, 0);
}

function readUntil(text: string): string {
  return readMoment(text, 1);
}

/** A moment as ISO 8601 in UTC; of a date the start of that day here, so many days later. */
function readMoment(text: string, daysLater: number): string {
  if (momentForm.safeParse(text).success) return new Date(text).toISOString();
  if (!dayForm.safeParse(text).success) {
    throw new InvalidArgumentError("Give a date or a date and time, such as 2026-11-30 or 2026-11-30T08:00:00Z.");
  }
  const day = new Date(`${text}T00:00:00`);
  day.setDate(day.getDate() + daysLater);
  return day.toISOString();
}
