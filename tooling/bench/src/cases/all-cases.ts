import type { Case } from "../case.ts";
import { answering } from "./answering.ts";
import { bombs } from "./bombs.ts";
import { corrections } from "./corrections.ts";
import { history } from "./history.ts";
import { loadEmpty } from "./load-empty.ts";
import { loadFull } from "./load-full.ts";
import { loadPgp } from "./load-pgp.ts";
import { memory } from "./memory.ts";
import { scheduleLateness } from "./schedule-lateness.ts";
import { schedulesDue } from "./schedules-due.ts";
import { smallRuns } from "./small-runs.ts";
import { tenThousand } from "./ten-thousand.ts";

/** Every case, in the order in which they are measured. */
export const allCases: Case[] = [
  loadEmpty,
  loadFull,
  loadPgp,
  tenThousand,
  smallRuns,
  corrections,
  schedulesDue,
  scheduleLateness,
  memory,
  history,
  answering,
  bombs,
];
