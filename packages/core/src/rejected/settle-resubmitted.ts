/**
 * SQL of common table expressions that give the records of a resubmission their state by what became of them. `runs` is a
 * relation of runs as they are at their end, or at a checkpoint; then `which` says of which of the sent records `s` it is
 * known. A record that was loaded and is kept is resolved, one that was rejected is open with its new issues, and any other
 * is open as it was.
 */
export function settleResubmitted(runs: string, which = "true"): string {
  const resolved = "(b.kept and s.issues is null and s.record_number <= b.read_count)";
  return `settled as (
      update waybill.rejected_records r set revision = revision + 1,
        first_issues = coalesce(r.first_issues, r.issues),
        state = case when ${resolved} then 'resolved' else 'open' end,
        issues = case when ${resolved} then '[]' else coalesce(s.issues, r.issues) end,
        resubmit_run_id = case when ${resolved} then b.id end
      from ${runs} b join waybill.resubmitted_records s on s.run_id = b.id
      where r.id = s.record_id and r.resubmit_run_id = b.id and r.state = 'resubmitting' and ${which}
      returning r.run_id, r.state
    ), opened as (
      update waybill.runs o set open_count = o.open_count + open.count
      from (select run_id, count(*) from settled where state = 'open' group by run_id) open where o.id = open.run_id
    )`;
}
