const numbers = new Intl.NumberFormat();

/** So many records, in words. */
export function countRecords(count: number): string {
  return count === 1 ? "1 record" : `${numbers.format(count)} records`;
}
