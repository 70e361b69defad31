import type { Definition } from "../definition/definition.ts";
import type { EncodedRecords } from "./checked-batch.ts";
import { encodeForCopy } from "./copy-text.ts";

const initialBytes = 64 * 1024;
const bytesPerUnitMax = 3;
/** Lines are joined this far before they are turned into bytes, so that the values they are made of are soon free. */
const joinedCharacters = 16 * 1024;

/** Encodes the accepted records of one batch as they come. */
export class RecordEncoder {
  /** How many characters of `COPY` were written. */
  characters = 0;
  readonly #values: Map<number, (string | null)[]>;
  readonly #recordNumbers: number[] = [];
  #bytes = Buffer.allocUnsafeSlow(initialBytes);
  #used = 0;
  #joined = "";

  constructor(definition: Definition) {
    this.#values = new Map(positionsForDatabase(definition).map((position) => [position, []]));
  }

  add(recordNumber: number, values: readonly (string | null)[]): void {
    this.#recordNumbers.push(recordNumber);
    for (const [position, column] of this.#values) column.push(values[position] ?? null);
    const line = encodeForCopy(values);
    this.characters += line.length;
    this.#joined += line;
    if (this.#joined.length >= joinedCharacters) this.#write();
  }

  finish(): EncodedRecords {
    this.#write();
    return {
      count: this.#recordNumbers.length,
      text: new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#used),
      recordNumbers: Float64Array.from(this.#recordNumbers),
      values: this.#values,
    };
  }

  #write(): void {
    const needed = this.#used + this.#joined.length * bytesPerUnitMax;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    this.#used += this.#bytes.write(this.#joined, this.#used, "utf8");
    this.#joined = "";
  }
}

/** The fields whose rules look beyond the record: at a dataset, or at the records before. */
function positionsForDatabase({ fields }: Definition): number[] {
  return fields.flatMap((field, position) =>
    field.unique || (field.references && "dataset" in field.references) ? position : [],
  );
}
