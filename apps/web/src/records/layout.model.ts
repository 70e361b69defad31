/** Before the columns of the source stand the box that selects, the line and the state. */
export const leadingColumns = 3;

const leadingWidths = [40, 64, 124];
/** The padding holds the sign of an issue too. */
const [signPixels, paddingPixels] = [8, 46];
const [columnPixelsMin, columnPixelsMax] = [88, 270];

/** The pixels that each column of a grid takes: as much as its name and the texts that are known need, within bounds. */
export function columnWidths(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  const needed = columns.map((name, at) => {
    const longest = rows.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), name.length);
    return Math.min(columnPixelsMax, Math.max(columnPixelsMin, longest * signPixels + paddingPixels));
  });
  return [...leadingWidths, ...needed];
}

/** The same for CSS. The last column takes what is left. */
export function gridColumns(widths: readonly number[]): string {
  return widths.map((width, at) => (at === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ");
}

/** The row as which a record came; null where it did not fit the columns, so that none of its values stands in one. */
export function cameAs(
  { original, values }: { original: string[] | null; values: string[] },
  columns: readonly string[],
): string[] | null {
  const came = original ?? values;
  return came.length === columns.length ? came : null;
}

/** Whether two sources have the same columns. */
export function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
