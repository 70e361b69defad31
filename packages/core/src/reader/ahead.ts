/** Items until the first null, of which `count` are asked for while the one before them is being worked on. */
export async function* ahead<Item>(next: () => Promise<Item | null>, count: number): AsyncGenerator<Item> {
  const asked: Promise<Item | null>[] = [];
  const ask = () => {
    const item = next();
    // A fault in reading ahead is met when its turn comes.
    item.catch(() => undefined);
    asked.push(item);
  };
  for (let number = 0; number <= count; number++) ask();
  for (let item = await asked.shift(); item; item = await asked.shift()) {
    yield item;
    ask();
  }
}
