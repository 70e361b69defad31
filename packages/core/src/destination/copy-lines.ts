import type { EncodedRecords } from "../reader/checked-batch.ts";
import { decodeFromCopy } from "../reader/copy-text.ts";

const lineFeed = 10;

/** Some or all of the accepted records of a batch, in their order, as lines of `COPY`. */
export class CopyLines {
  readonly #records: EncodedRecords;
  readonly #ordinals: Uint32Array;
  readonly #starts: () => Uint32Array;

  private constructor(records: EncodedRecords, ordinals: Uint32Array, starts: () => Uint32Array) {
    this.#records = records;
    this.#ordinals = ordinals;
    this.#starts = starts;
  }

  static of(records: EncodedRecords): CopyLines {
    let starts: Uint32Array | undefined;
    const ordinals = new Uint32Array(records.count);
    for (let ordinal = 1; ordinal < records.count; ordinal++) ordinals[ordinal] = ordinal;
    return new CopyLines(records, ordinals, () => (starts ??= findStarts(records)));
  }

  get count(): number {
    return this.#ordinals.length;
  }

  ordinal(position: number): number {
    return this.#ordinals[position] ?? -1;
  }

  /** The values of one record, as they were encoded. */
  values(position: number): (string | null)[] {
    const ordinal = this.ordinal(position);
    const line = Buffer.from(this.#records.text.subarray(this.#starts()[ordinal], this.#starts()[ordinal + 1]));
    return decodeFromCopy(line.toString("utf8"));
  }

  /** The lines from the position `from` up to, not including, `to`. */
  slice(from: number, to: number): CopyLines {
    return new CopyLines(this.#records, this.#ordinals.subarray(from, to), this.#starts);
  }

  /** The lines at these positions, which ascend. */
  pick(positions: readonly number[]): CopyLines {
    const ordinals = Uint32Array.from(positions, (position) => this.ordinal(position));
    return new CopyLines(this.#records, ordinals, this.#starts);
  }

  without(ordinals: ReadonlyMap<number, unknown>): CopyLines {
    if (ordinals.size === 0) return this;
    return new CopyLines(
      this.#records,
      this.#ordinals.filter((ordinal) => !ordinals.has(ordinal)),
      this.#starts,
    );
  }

  /** The bytes of the lines, in as few pieces as they lie in. */
  *pieces(): Generator<Uint8Array> {
    const { text, count } = this.#records;
    if (this.count === count) return yield text;
    const starts = this.#starts();
    for (let from = 0; from < this.count; ) {
      let to = from + 1;
      while (to < this.count && this.ordinal(to) === this.ordinal(to - 1) + 1) to++;
      yield text.subarray(starts[this.ordinal(from)], starts[this.ordinal(to - 1) + 1]);
      from = to;
    }
  }
}

/** Where each line begins, and where the last one ends. */
function findStarts({ text, count }: EncodedRecords): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let line = 0; line < count; line++) starts[line + 1] = text.indexOf(lineFeed, starts[line]) + 1;
  return starts;
}
