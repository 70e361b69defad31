import { WaybillError } from "../errors.ts";
import { type CsvRecord, CsvScanner } from "./csv-scanner.ts";
import { decodeText } from "./decode-text.ts";

export type { CsvRecord } from "./csv-scanner.ts";

/** A CSV whose header has been read. `records` can be read once, in order, in arrays as the bytes come. */
export interface CsvReader {
  header: string[];
  records(): AsyncGenerator<CsvRecord[]>;
}

/** Reads a CSV up to its header. Throws `csv_header_missing` or `csv_header_invalid`. */
export async function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { delimiter, quote }: { delimiter: string; quote: string },
): Promise<CsvReader> {
  const pages = scan(bytes, new CsvScanner(delimiter, quote));
  const first = await nextRecords(pages);
  const [header, ...rest] = first;
  if (!header)
    throw new WaybillError(
      "csv_header_missing",
      "The file holds no header row. Begin it with the names of its columns.",
    );
  if (header.fault)
    throw new WaybillError(
      "csv_header_invalid",
      `The header row, line ${header.line}, cannot be read. ${header.fault.message}`,
    );
  return { header: header.values, records: () => numbered(rest, pages) };
}

/** The values of one record again, from its text. Throws a RangeError when the text is not that of one sound record. */
export function readRecordText(text: string, { delimiter, quote }: { delimiter: string; quote: string }): string[] {
  const scanner = new CsvScanner(delimiter, quote);
  const [record] = [...scanner.push(text), ...scanner.end()];
  if (!record || record.fault) throw new RangeError("The text is not that of a record that could be read.");
  return record.values;
}

async function* scan(bytes: AsyncIterable<Uint8Array>, scanner: CsvScanner): AsyncGenerator<CsvRecord[]> {
  const decoding = decodeText();
  for await (const chunk of bytes) yield scanner.push(decoding.write(chunk));
  yield scanner.push(decoding.end());
  yield scanner.end();
}

async function nextRecords(pages: AsyncGenerator<CsvRecord[]>): Promise<CsvRecord[]> {
  for (let page = await pages.next(); !page.done; page = await pages.next()) {
    if (page.value.length > 0) return page.value;
  }
  return [];
}

/** The scanner counted the header too. */
async function* numbered(rest: CsvRecord[], pages: AsyncGenerator<CsvRecord[]>): AsyncGenerator<CsvRecord[]> {
  if (rest.length > 0) yield lessOne(rest);
  for await (const page of pages) if (page.length > 0) yield lessOne(page);
}

function lessOne(records: CsvRecord[]): CsvRecord[] {
  for (const record of records) record.number--;
  return records;
}
