/**
 * Whether a worker `w` is lost, its lease in seconds being `$1`: by the database's clock alone, and not while the
 * database itself has just started, when nobody could beat.
 */
export const isLost = `(w.beat_at < now() - make_interval(secs => $1::float8)
  and pg_postmaster_start_time() < now() - make_interval(secs => $1::float8))`;
