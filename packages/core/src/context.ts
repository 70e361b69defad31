import type { Database } from "@waybill/db";
import type { Clock } from "./clock.ts";
import type { RunQueue } from "./engine/run-queue.ts";
import type { FileLimits, WorkerTimes } from "./limits.ts";
import type { ReaderPool } from "./reader/protocol.ts";
import type { RecordRulesKept } from "./rejected/record-rules.ts";
import type { RunChanges } from "./run/run-changes.ts";
import type { Telemetry } from "./telemetry.ts";

/** Where the people who run the server read what happens, and of faults that nobody expected. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** How e-mail goes out: the SMTP server, with what it asks of whoever sends by it, and whose name stands on what is sent. */
export interface MailSettings {
  smtpUrl: string;
  from: string;
  /** How long the server may take for a message; `limits.emailSecondsMax` where nothing is said. */
  secondsMax?: number;
}

/** What every verb and the engine stand on; made once for a process. */
export interface Services {
  database: Database;
  queue: RunQueue;
  changes: RunChanges;
  readers: ReaderPool;
  recordRules: RecordRulesKept;
  clock: Clock;
  log: Log;
  telemetry: Telemetry;
  /** Names this process among the workers; no two are named alike. */
  workerId: string;
  workerTimes: WorkerTimes;
  /** Seals secrets and private keys at rest; 32 bytes. */
  masterKey: Uint8Array;
  fileLimits: FileLimits;
  /** Where opened sources stand while a run reads them; private to this process's user. */
  temporaryFolder: string;
  /** The IANA zone in which `today` is meant. */
  timeZone: string;
  /** Null where no e-mail can be sent. */
  mail: MailSettings | null;
  /** Where people reach the console. It is known once the server listens, and in a worker only where it is told. */
  consoleAddress: { url: string | null };
}

/** Who asks. */
export interface Actor {
  id: string;
  name: string;
}

/** What a verb works with: the services, and who asks for it. */
export interface Context extends Services {
  actor: Actor;
}
