/** What is measured in each turn, in the order of the first round; each gives its number. */
export type Turns<Name extends string> = Record<Name, () => Promise<number>>;

/**
 * Measures each so many times, one after the other in turn, so that what else the machine does falls on all alike; every
 * second round goes backwards. `onValue` hears each number as it comes.
 */
export async function inTurns<Name extends string>(
  times: number,
  turns: Turns<Name>,
  onValue: (name: Name, value: number) => void,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(turns) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < times; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await turns[name]();
      values[name].push(value);
      onValue(name, value);
    }
  }
  return values;
}

/** How long something takes, in seconds. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}
