import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/**
 * Takes files that came before a moment and that no run, set or schedule pins; their chunks are swept after them. Each step looks at so
 * many files in their order, pinned or not, so that none takes longer where nearly all are pinned.
 */
export function purgeFiles(cameBefore: Date, batch: PurgeBatch): PurgeStep {
  let after = { createdAt: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
  return async (client) => {
    const { rows } = await client.query<{ id: string; createdAt: string; loose: boolean }>(
      `select f.id, f.created_at::text as "createdAt", ${isLoose} as loose from (
         select id, created_at from waybill.stored_files
         where created_at < $1 and (created_at, id) > ($2::timestamptz, $3::uuid)
         order by created_at, id limit $4) f
       order by f.created_at, f.id`,
      [cameBefore, after.createdAt, after.id, batch.files],
    );
    after = rows.at(-1) ?? after;
    const loose = rows.filter((file) => file.loose).map((file) => file.id);
    // A run may have come to pin a file since. Once its row is locked none can, so then it is looked at again.
    const { rows: locked } = await client.query<{ id: string }>(
      "select id from waybill.stored_files where id = any($1::uuid[]) for update skip locked",
      [loose],
    );
    const { rowCount } = await client.query(
      `delete from waybill.stored_files f where f.id = any($1::uuid[]) and ${isLoose}`,
      [locked.map((file) => file.id)],
    );
    return { last: rows.length === 0, removed: { files: rowCount ?? 0 } };
  };
}

const isLoose = `(
  not exists (select from waybill.runs r where r.source_file_id = f.id)
  and not exists (select from waybill.run_attachments a where a.file_id = f.id)
  and not exists (select from waybill.set_files s where s.file_id = f.id)
  and not exists (select from waybill.set_run_files s where s.file_id = f.id)
  and not exists (select from waybill.schedule_files s where s.file_id = f.id))`;
