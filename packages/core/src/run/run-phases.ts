/**
 * SQL for the phases of a run, `waybill.runs.phases`, with the current one ended; `at` is the parameter that holds the
 * time in ISO 8601.
 */
export function endedPhases(at: string): string {
  return `(select coalesce(jsonb_agg(
      one || case when one ->> 'finishedAt' is null then jsonb_build_object('finishedAt', ${at}::text) else '{}' end
      order by place), '[]')
    from jsonb_array_elements(phases) with ordinality as listed (one, place))`;
}
