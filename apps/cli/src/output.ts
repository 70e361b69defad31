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

/** Whether this is a fault of writing the output, which `guardOutput` has answered for. */
export function isOutputFault(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "write";
}
