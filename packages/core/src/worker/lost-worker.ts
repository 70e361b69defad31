/**
 * SQL that says whether a worker `w` is lost, given the place of its lease in seconds among the values: by the database's clock alone, and not while the
 * database itself has just started, when nobody could beat.
 */
export function isLost(leaseSeconds: string): string {
  const earliest = `now() - make_interval(secs => ${leaseSeconds}::float8)`;
  return `(w.beat_at < ${earliest} and pg_postmaster_start_time() < ${earliest})`;
}
