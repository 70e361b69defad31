/** Reads the next item while the one before is being worked on. */
export async function* oneAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next();
  try {
    for (let result = await next; !result.done; result = await next) {
      next = items.next();
      // A fault in reading ahead is met when its turn comes.
      next.catch(() => undefined);
      yield result.value;
    }
  } finally {
    await items.return(undefined);
  }
}
