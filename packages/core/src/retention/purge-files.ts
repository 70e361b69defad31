import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/** Takes files that came before a moment and that no run pins; their chunks are swept after them. */
export function purgeFiles(cameBefore: Date, batch: PurgeBatch): PurgeStep {
  let after = { createdAt: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
  return async (client) => {
    const { rows } = await client.query<{ id: string; createdAt: string }>(
      `select f.id, f.created_at::text as "createdAt" from waybill.stored_files f
       where f.created_at < $1 and (f.created_at, f.id) > ($2::timestamptz, $3::uuid) and ${unpinned}
       order by f.created_at, f.id limit $4 for update skip locked`,
      [cameBefore, after.createdAt, after.id, batch.files],
    );
    after = rows.at(-1) ?? after;
    // A run may have come to pin a file after the first look, but not since its row was locked: so it is looked at again.
    const { rowCount } = await client.query(
      `delete from waybill.stored_files f where f.id = any($1::uuid[]) and ${unpinned}`,
      [rows.map((file) => file.id)],
    );
    return { last: rows.length === 0, removed: { files: rowCount ?? 0 } };
  };
}

const unpinned = `
  not exists (select from waybill.runs r where r.source_file_id = f.id)
  and not exists (select from waybill.run_attachments a where a.file_id = f.id)`;
