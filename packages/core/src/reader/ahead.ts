/** Items until the first null or last one; while one is being worked on, `count` more are asked for. */
export async function* ahead<Item extends { last: boolean }>(
  next: () => Promise<Item | null>,
  count: number,
): AsyncGenerator<Item> {
  const asked: Promise<Item | null>[] = [];
  const ask = () => {
    const item = next();
    // A fault in reading ahead is met when its turn comes.
    item.catch(() => undefined);
    asked.push(item);
  };
  ask();
  for (let item = await asked.shift(); item; item = await asked.shift()) {
    while (!item.last && asked.length < count) ask();
    yield item;
    if (item.last) return;
    if (asked.length === 0) ask();
  }
}
