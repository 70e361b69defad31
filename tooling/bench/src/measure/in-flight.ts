/** Does a work so many times, `atOnce` at a time: as one ends the next begins. Each is told in which lane it goes. */
export async function inFlight(count: number, atOnce: number, work: (lane: number) => Promise<unknown>): Promise<void> {
  let left = count;
  const lanes = Array.from({ length: atOnce }, async (_, lane) => {
    while (left > 0) {
      left--;
      await work(lane);
    }
  });
  await Promise.all(lanes);
}
