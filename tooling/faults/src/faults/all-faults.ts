import { blackhole } from "./blackhole.ts";
import { clock } from "./clock.ts";
import { cut } from "./cut.ts";
import { diskFull } from "./disk-full.ts";
import type { Fault } from "./fault.ts";
import { freeze } from "./freeze.ts";
import { kill } from "./kill.ts";
import { poisonRecord } from "./poison-record.ts";
import { poisonRun } from "./poison-run.ts";
import { postgresRestart } from "./postgres-restart.ts";
import { rollingRestart } from "./rolling-restart.ts";
import { sameRequest } from "./same-request.ts";
import { tenStart } from "./ten-start.ts";

/** Every fault, in the order of `--list`. */
export const allFaults: readonly Fault[] = [
  kill,
  freeze,
  postgresRestart,
  cut,
  blackhole,
  diskFull,
  clock,
  sameRequest,
  poisonRecord,
  poisonRun,
  tenStart,
  rollingRestart,
];
