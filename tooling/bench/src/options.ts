import { parseArgs } from "node:util";
import type { Case } from "./case.ts";
import { allCases } from "./cases/all-cases.ts";

/** What the command was asked to do. */
export type Wish =
  | { kind: "help" }
  | { kind: "list" }
  | { kind: "measure"; cases: Case[]; times: number; quick: boolean; jsonPath: string | null };

const timesDefault = 5;
const timesMax = 100;

/** What the command prints when it is asked for help. */
export const help = `Usage: npm run bench -- [options]

Measures Waybill beside its peers and limits on this machine. Takes an hour or so; nothing else should run meanwhile.

Options:
  --case NAME[,NAME]  only these cases
  --list              the cases, and what each is held against
  --times N           how often Waybill and its peers take their turn (${timesDefault}; 2 with --quick)
  --quick             small sizes, to see that the benchmark itself works
  --json FILE         write the JSON to a file, instead of to standard output after the table
  --help              this text

Environment:
  DATABASE_URL        a Postgres to measure on, in databases of its own (Waybill's embedded one)
`;

/** Reads the command line. Throws an error that says what is wrong with it. */
export function readOptions(parameters: string[]): Wish {
  const { values } = parseArgs({
    args: parameters,
    options: {
      case: { type: "string", multiple: true },
      list: { type: "boolean", default: false },
      times: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { kind: "help" };
  if (values.list) return { kind: "list" };
  const times = values.times ?? String(values.quick ? 2 : timesDefault);
  return {
    kind: "measure",
    cases: readCases(values.case ?? []),
    times: readTimes(times),
    quick: values.quick,
    jsonPath: values.json ?? null,
  };
}

function readCases(given: string[]): Case[] {
  const names = given.flatMap((list) => list.split(","));
  if (names.length === 0) return allCases;
  const unknown = names.find((name) => !allCases.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no case ${JSON.stringify(unknown)}. See npm run bench -- --list`);
  }
  return allCases.filter(({ name }) => names.includes(name));
}

function readTimes(text: string): number {
  const times = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  if (times < 1 || times > timesMax) throw new Error(`--times must be a whole number from 1 to ${timesMax}.`);
  return times;
}
