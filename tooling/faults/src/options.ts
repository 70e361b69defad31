import { parseArgs } from "node:util";
import { allFaults } from "./faults/all-faults.ts";
import type { Fault } from "./faults/fault.ts";

/** What is asked for on the command line. */
export interface Options {
  seed: number;
  minutes: number;
  faults: Fault[];
  json: string | null;
}

/** What is to be done: break things, or only say something, which may be what is wrong with what was asked. */
export type Asked = { kind: "run"; options: Options } | { kind: "say" | "wrong"; text: string };

/** What the exit code tells. */
export const exitCodes = { held: 0, violated: 1, wrongUsage: 2, notDone: 3 } as const;

const help = `npm run faults -- [--seed N] [--minutes N] [--only NAME,NAME] [--json FILE] [--list] [--help]

Starts a Postgres, a server and three workers, keeps them at work, does one fault after another to them, and checks that
nothing is lost, nothing is doubled and every run comes to its end. The same seed does the same faults in the same order.

  --seed N       which plan (1)
  --minutes N    for how long (5); the last fault and the last audit come after that
  --only NAMES   these faults alone, with commas between them
  --json FILE    the report as JSON, too
  --list         what the faults are

Exit codes: ${exitCodes.held} everything held, ${exitCodes.violated} something did not, ${exitCodes.wrongUsage} wrong usage, ${exitCodes.notDone} the faults could not be done.
`;

const minutesMax = 24 * 60;

/** Reads the command line. */
export function readOptions(parameters: string[]): Asked {
  try {
    return read(parameters);
  } catch (error) {
    return { kind: "wrong", text: error instanceof Error ? error.message : String(error) };
  }
}

function read(parameters: string[]): Asked {
  const { values } = parseArgs({
    args: parameters,
    options: {
      seed: { type: "string", default: "1" },
      minutes: { type: "string", default: "5" },
      only: { type: "string" },
      json: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { kind: "say", text: help };
  if (values.list) return { kind: "say", text: list() };
  const seed = wholeNumber("seed", values.seed, 0, 2 ** 31);
  const minutes = wholeNumber("minutes", values.minutes, 1, minutesMax);
  return { kind: "run", options: { seed, minutes, faults: choose(values.only), json: values.json ?? null } };
}

function wholeNumber(name: string, text: string, low: number, high: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= low && number <= high) return number;
  throw new Error(`--${name} must be a whole number from ${low} to ${high}.`);
}

function choose(only: string | undefined): Fault[] {
  if (only === undefined) return [...allFaults];
  return only.split(",").map((name) => {
    const fault = allFaults.find((one) => one.name === name.trim());
    if (!fault) throw new Error(`There is no fault ${JSON.stringify(name)}. --list says which there are.`);
    return fault;
  });
}

function list(): string {
  const width = Math.max(...allFaults.map(({ name }) => name.length));
  return allFaults.map(({ name, says }) => `${name.padEnd(width)}  ${says}\n`).join("");
}
