/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/**
 * A sequence of its own for each list of numbers, such as a seed and a step. Mulberry32: small, quick, and good enough
 * for sample data.
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export function seededRandom(seed: number, ...more: number[]): Random {
  let state = more.reduce((mixed, number) => scramble(mixed + stride) ^ number, seed);
  const between = (low: number, high: number) => {
    state = (state + stride) | 0;
    return low + Math.floor((scramble(state) / 2 ** 32) * (high - low + 1));
  };
  return {
    between,
    chance: (percent) => between(1, 100) <= percent,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
  };
}

const stride = 0x6d2b79f5;

/** A whole number from 0 to 2 ** 32, the latter not included. */
function scramble(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
