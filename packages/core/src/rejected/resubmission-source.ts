import { stringify } from "csv-stringify/sync";
import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import { sourceCells } from "./source-cells.ts";

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
  await client.query(
    `declare waybill_resubmission no scroll cursor for
     select coalesce(corrected, values) as row, issues from waybill.rejected_records
     where run_id = '${fromRunId}' and resubmit_run_id = '${resubmitRunId}' and state = 'resubmitting'
     order by record_number`,
  );
  for (let full = true; full; ) {
    const { rows } = await client.query<SentRecord>(
      `fetch ${limits.resubmissionPageRecords} from waybill_resubmission`,
    );
    if (rows.length > 0) yield write(rows.map(({ row, issues }) => sourceCells(row, issues, columns.length)));
    full = rows.length === limits.resubmissionPageRecords;
  }
  await client.query("close waybill_resubmission");
}

interface SentRecord {
  row: string[];
  issues: RecordIssue[];
}
