/** What was started so far: each entry stops one thing. */
export type Stops = (() => Promise<void> | void)[];

/**
 * Stops what was started, each thing once and the last one first, and empties the list. Gives the faults that it met: one
 * of them does not keep the others running.
 */
export async function stopAll(stops: Stops): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      faults.push(error);
    }
  }
  return faults;
}

/** As `stopAll`, and throws the first of the faults once everything is stopped. */
export async function stopAllOrThrow(stops: Stops): Promise<void> {
  const faults = await stopAll(stops);
  if (faults.length > 0) throw faults[0];
}
