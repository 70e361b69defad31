import { stringify } from "csv-stringify/sync";
import type { PoolClient } from "pg";
import type { RecordIssue } from "../record/issue-code.ts";
import { sourceCells } from "./source-cells.ts";

/** How many records are read and written at a time. */
const pageRecords = 2_000;

/** Records of one run on their way into a resubmission, and the columns that they came with. */
export interface ResubmissionSource {
  fromRunId: string;
  resubmitRunId: string;
  columns: readonly string[];
  delimiter: string;
}

/** The records that a resubmission holds as CSV text, in the order of their first source. */
export async function* writeResubmissionSource(
  client: PoolClient,
  { fromRunId, resubmitRunId, columns, delimiter }: ResubmissionSource,
): AsyncGenerator<string> {
  // An empty value in quotes, since a line that is empty altogether is no record.
  const write = (rows: string[][]) => stringify(rows, { delimiter, quoted_match: /[\r\n]/, quoted_empty: true });
  yield write([[...columns]]);
  let last: number | undefined = 0;
  while (last !== undefined) {
    const { rows }: { rows: SentRecord[] } = await client.query<SentRecord>(
      `select record_number::float8 as "recordNumber", coalesce(corrected, values) as row, issues
       from waybill.rejected_records
       where run_id = $1 and resubmit_run_id = $2 and state = 'resubmitting' and record_number > $3
       order by record_number limit $4`,
      [fromRunId, resubmitRunId, last, pageRecords],
    );
    if (rows.length > 0) yield write(rows.map(({ row, issues }) => sourceCells(row, issues, columns.length)));
    last = rows.at(-1)?.recordNumber;
  }
}

interface SentRecord {
  recordNumber: number;
  row: string[];
  issues: RecordIssue[];
}
