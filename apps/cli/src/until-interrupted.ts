const interruptedExitCode = 130;

/** Waits; Ctrl-C ends the waiting alone, and says what goes on without it, a line for each of `sayLeft`. */
export async function untilInterrupted<Result>(sayLeft: () => string[], wait: () => Promise<Result>): Promise<Result> {
  const interrupted = () => {
    const lines = sayLeft().map((line) => `${line}\n`);
    process.stderr.write(`\n${lines.join("")}`);
    process.exit(interruptedExitCode);
  };
  process.once("SIGINT", interrupted);
  try {
    return await wait();
  } finally {
    process.off("SIGINT", interrupted);
  }
}
