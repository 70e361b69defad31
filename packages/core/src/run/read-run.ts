import { z } from "zod";
import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import type { FileSignature } from "../file/judge-signature.ts";
import { scheduleOf } from "./run-of-schedule.ts";
import { type RunListRow, runListColumns, toRunListItem } from "./run-row.ts";
import type {
  MadeRun,
  RunFile,
  RunIssueCount,
  RunLink,
  RunNote,
  RunOfSchedule,
  RunOfSet,
  RunPhaseTime,
  RunSummary,
} from "./run-summary.ts";
import { describeWaiting, type WaitingRow, waitingRow } from "./run-waiting.ts";

export const getRunInput = z.strictObject({ run: z.string().min(1).max(300) });

/** The Run Summary of a run, found by its id or its name. Throws `run_unknown`. */
export async function getRun(ctx: Services, input: z.output<typeof getRunInput>): Promise<RunSummary> {
  const { rows } = await ctx.database.pool.query<RunSummaryRow>(
    `select ${runListColumns}, r.parameters, r.warnings, r.notes, r.phases, r.layers, r.signature,
       case when r.rejected_count > 0 then r.rejected_purged_at end as rejected_purged_at,
       ${sourceFile} as source, ${attachments} as attachments, ${issues} as issues,
       ${setRun} as set_run, ${scheduleOf("o.run_id = r.id")} as schedule, ${fromRun} as from_run, ${madeRuns} as made_runs, ${rerunAllowed} as rerun_allowed,
       ${waitingRow("$3")} as waiting
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id where r.id = (${namedRun})`,
    [...namesOf(input.run), ctx.workerTimes.leaseSeconds],
  );
  if (!rows[0]) throw unknown(input.run);
  return toSummary(rows[0]);
}

/** The id of the run that has this id, or else this name. Throws `run_unknown`. */
export async function findRunId(services: Pick<Services, "database">, run: string): Promise<string> {
  const { rows } = await services.database.pool.query<{ id: string }>(namedRun, namesOf(run));
  if (!rows[0]) throw unknown(run);
  return rows[0].id;
}

/** The run that is meant by `namesOf`: that of the id, or else that of the name. */
const namedRun = "select id from waybill.runs where id = $1 or name = $2 order by id = $1 desc nulls last limit 1";

function namesOf(run: string): [id: string | null, name: string] {
  return [z.uuid().safeParse(run).success ? run : null, run];
}

const fileFields = "'id', f.id, 'name', f.name, 'bytes', f.bytes, 'sha256', f.sha256";
const linkFields = "'id', o.id, 'name', o.name, 'status', o.status";
const sourceFile = `(select json_build_object(${fileFields}) from waybill.stored_files f where f.id = r.source_file_id)`;
const attachments = `(
  select coalesce(json_agg(json_build_object('key', a.key, ${fileFields}) order by a.key), '[]')
  from waybill.run_attachments a join waybill.stored_files f on f.id = a.file_id where a.run_id = r.id)`;
const issues = `(
  select coalesce(json_agg(json_build_object('code', c.code, 'field', nullif(c.field, ''), 'count', c.count)
    order by c.count desc, c.code, c.field), '[]')
  from waybill.run_issue_counts c where c.run_id = r.id)`;
const setRun = `(
  select json_build_object('id', g.id, 'name', g.name, 'step', w.definition -> 'steps' -> (p.position - 1) ->> 'key')
  from waybill.set_run_steps p join waybill.set_runs g on g.id = p.set_run_id
  join waybill.set_versions w on w.set_id = g.set_id and w.version = g.version where p.run_id = r.id)`;
const fromRun = `(select json_build_object(${linkFields}) from waybill.runs o where o.id = r.from_run_id)`;
const resolved = `case when o.trigger <> 'resubmit' then null when not o.kept then 0
  else o.inserted_count + o.updated_count + o.unchanged_count + o.skipped_count end`;
const madeRuns = `(
  select coalesce(json_agg(json_build_object(${linkFields}, 'trigger', o.trigger, 'resolved', ${resolved})
    order by o.created_at), '[]')
  from waybill.runs o where o.from_run_id = r.id)`;
const rerunAllowed = `(
  select i.deleted_at is null and r.trigger <> 'resubmit' and (v.definition ->> 'rerun')::boolean
  from waybill.integration_versions v where v.integration_id = i.id and v.version = i.current_version)`;

type FileRow = Pick<RunFile, "id" | "name" | "bytes" | "sha256">;

interface RunSummaryRow extends RunListRow {
  parameters: Record<string, unknown>;
  warnings: RunNote[];
  notes: RunNote[];
  phases: RunPhaseTime[];
  layers: string[];
  signature: FileSignature | null;
  rejected_purged_at: Date | null;
  source: FileRow | null;
  attachments: (FileRow & { key: string })[];
  issues: RunIssueCount[];
  set_run: RunOfSet | null;
  schedule: RunOfSchedule | null;
  from_run: RunLink | null;
  made_runs: MadeRun[];
  rerun_allowed: boolean;
  waiting: WaitingRow | null;
}

function toSummary(row: RunSummaryRow): RunSummary {
  const { parameters, warnings, notes, phases } = row;
  const item = toRunListItem(row);
  return {
    ...item,
    waiting: describeWaiting(row.waiting),
    parameters,
    files: filesOf(row),
    issues: row.issues,
    phases,
    warnings,
    notes,
    recordsPerSecond: recordsPerSecond(item.counts.read, phases),
    rejectedPurgedAt: row.rejected_purged_at?.toISOString() ?? null,
    setRun: row.set_run,
    schedule: row.schedule,
    fromRun: row.from_run,
    madeRuns: row.made_runs,
    rerunAllowed: row.rerun_allowed,
  };
}

function filesOf(row: RunSummaryRow): RunFile[] {
  const attached = row.attachments.map(
    (file): RunFile => ({ role: "attachment", layers: [], signedBy: null, ...file }),
  );
  if (!row.source) return attached;
  return [{ role: "source", key: null, ...row.source, layers: row.layers, signedBy: row.signature }, ...attached];
}

/** Records read for each second of loading, once the loading is over. */
function recordsPerSecond(read: number, phases: RunPhaseTime[]): number | null {
  const loading = phases.find((time) => time.phase === "loading");
  if (!loading?.finishedAt) return null;
  const milliseconds = Math.max(1, Date.parse(loading.finishedAt) - Date.parse(loading.startedAt));
  return Math.round((read * 1_000) / milliseconds);
}

function unknown(run: string): WaybillError {
  return new WaybillError(
    "run_unknown",
    `There is no run ${JSON.stringify(run)}. List the runs to see which there are.`,
  );
}
