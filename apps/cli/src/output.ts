import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const failedExitCode = 1;

/**
 * Makes the process end with exit code 1 when its output could not be written. Where nobody reads any more, as after
 * `head` or on a terminal that was closed, the rest is for nobody and that is no fault.
 */
export function guardOutput(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (unreadCodes.includes(error.code)) return;
    if (process.listenerCount("exit", failAtExit) > 0) return;
    process.on("exit", failAtExit);
    process.stderr.write(`Error (output_failed): Standard output could not be written (${error.message}).\n`);
  });
}

const unreadCodes: (string | undefined)[] = ["EPIPE", "EIO"];

function failAtExit(): void {
  process.exitCode = failedExitCode;
}

/** Prints bytes as they are. Throws when they cannot be read to their end. */
export async function printBytes(content: Readable): Promise<void> {
  await pipeline(content, process.stdout, { end: false }).catch((error: unknown) => {
    if (!isWriteFault(error)) throw error;
  });
}

/** Whether this comes from writing to a file, and not from what was to be written. */
export function isWriteFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && error.syscall === "write";
}
