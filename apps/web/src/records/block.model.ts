/** A cell by its place: its row in the list, and its column. */
export interface Place {
  row: number;
  column: number;
}

/** The cells between two corners, both included. */
export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The block that two cells span, whichever comes first. */
export function spanBlock(one: Place, other: Place): Block {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

/** Whether a cell lies in a block. */
export function holdsPlace(block: Block, { row, column }: Place): boolean {
  return row >= block.top && row <= block.bottom && column >= block.left && column <= block.right;
}

/** Every row of a block from the top. */
export function rowsOf(block: Block): number[] {
  return Array.from({ length: block.bottom - block.top + 1 }, (_, at) => block.top + at);
}

/** Every column of a block from the left. */
export function columnsOf(block: Block): number[] {
  return Array.from({ length: block.right - block.left + 1 }, (_, at) => block.left + at);
}

/**
 * Cells as spreadsheets put them on the clipboard: rows by line, cells by tab, and in quotes what holds either. One line
 * end after the last row does not count.
 */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=\t|\r|\n|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/g;
  for (const [whole, quoted, plain = "", end] of text.matchAll(cell)) {
    if (whole === "" && rows.length > 1 && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** The other way round. */
export function writeBlock(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

/**
 * What pasting writes where. One cell fills the whole block; more of them are laid down from its upper left corner, and
 * repeated where the block is a multiple of them; what lies beyond the list or its columns is left out.
 */
export function layBlock(
  pasted: readonly (readonly string[])[],
  block: Block,
  size: { rows: number; columns: number },
): { place: Place; text: string }[] {
  const height = pasted.length;
  const width = Math.max(0, ...pasted.map((row) => row.length));
  if (height === 0 || width === 0) return [];
  const tall = block.bottom - block.top + 1;
  const wide = block.right - block.left + 1;
  const fills = tall % height === 0 && wide % width === 0;
  const target = spanBlock(
    { row: block.top, column: block.left },
    {
      row: Math.min(size.rows, block.top + (fills ? tall : height)) - 1,
      column: Math.min(size.columns, block.left + (fills ? wide : width)) - 1,
    },
  );
  return rowsOf(target).flatMap((row) =>
    columnsOf(target).flatMap((column) => {
      const text = pasted[(row - target.top) % height]?.[(column - target.left) % width];
      return text === undefined ? [] : { place: { row, column }, text };
    }),
  );
}

function quote(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
