/** SQL that gives a timestamp in ISO 8601 in UTC, to the millisecond, as `Date.toISOString` does. */
export function isoTimestamp(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
