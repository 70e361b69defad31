/** A checked record on its way: one canonical text, or null, for each column of the table. */
export interface TypedRecord {
  recordNumber: number;
  line: number;
  values: (string | null)[];
}
