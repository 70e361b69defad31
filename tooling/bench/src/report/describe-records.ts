/** A count of records as people read it, such as 1,000,000 records. */
export function describeRecords(records: number): string {
  return `${records.toLocaleString("en-US")} records`;
}
