import type { Definition } from "../definition/definition.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";

/** A run in the hands of one worker: everything that executing it needs, under the attempt that may write. */
export interface RunTask {
  id: string;
  /** Counts up each time a worker takes the run; a worker that holds an older one can write nothing. */
  attempt: number;
  test: boolean;
  /** Whether it sends rejected records of an earlier run again. */
  resubmission: boolean;
  definition: Definition;
  parameters: Record<string, unknown>;
  source: StoredFile;
  attachments: Record<string, StoredFile>;
  /** Records that earlier attempts have read and kept; reading goes on after them. */
  recordsDone: number;
  rejectedDone: number;
  /** Aborts with `RunCancelled` or `AttemptLost`. What was begun for the run is then of no use to anybody. */
  over: AbortSignal;
}

/** The run has been taken over by another worker, or is over: this one must stop and write nothing. */
export class AttemptLost extends Error {}

/** A person asked the run to stop. */
export class RunCancelled extends Error {}
