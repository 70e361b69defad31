/** SQL that gives how many runs of its integration the version of a run `r` lets go at once. */
export const runsAtOnce = `(
  select coalesce((v.definition ->> 'runsAtOnce')::int, 1)
  from waybill.integration_versions v where v.integration_id = r.integration_id and v.version = r.version)`;
