/** The value in the middle; of an even number of values the mean of the two. NaN of none. */
export function median(values: number[]): number {
  const sorted = ascending(values);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The smallest value that 95 of 100 values do not exceed. NaN of none. */
export function percentile95(values: number[]): number {
  const sorted = ascending(values);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

function ascending(values: number[]): number[] {
  return [...values].sort((one, other) => one - other);
}
