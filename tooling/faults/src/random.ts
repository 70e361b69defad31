/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/** A sequence of its own for each list of numbers, such as a seed and a step. */
export function seededRandom(...seeds: number[]): Random {
  let state = seeds.reduce((mixed, seed) => scramble(mixed ^ scramble(seed)), goldenStep);
  const between = (low: number, high: number) => {
    state = (state + goldenStep) | 0;
    return low + (scramble(state) % (high - low + 1));
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

const goldenStep = 0x9e3779b9;

/** The finishing steps of MurmurHash3, which spread each bit over all of them; the number is not negative. */
function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
