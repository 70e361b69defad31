import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import type { PurgeBatch, PurgeStep } from "./purge-step.ts";
import { daysBefore } from "./retention.ts";

/**
 * Takes the chunks of files that were purged, and of uploads that broke off together with their process. Each step
 * looks at so many chunks in their order, whether they have a file or not.
 */
export function sweepChunks(now: Date, batch: PurgeBatch): PurgeStep {
  const before = firstIdAt(daysBefore(now, limits.uploadDaysMax));
  let after = { fileId: firstIdAt(new Date(0)), index: -1 };
  return async (client) => {
    const { rows } = await client.query<{ fileId: string; index: number; loose: boolean }>(
      `select c.file_id as "fileId", c.index,
         ${isLoose} as loose from (
           select file_id, index from waybill.stored_file_chunks
           where file_id < $1 and (file_id, index) > ($2::uuid, $3::integer)
           order by file_id, index limit $4) c
       order by c.file_id, c.index`,
      [before, after.fileId, after.index, batch.chunksLookedAt],
    );
    const loose = rows.filter((chunk) => chunk.loose).slice(0, batch.chunks);
    after = (loose.length === batch.chunks ? loose.at(-1) : rows.at(-1)) ?? after;
    return { last: rows.length === 0, removed: { fileChunks: await removeLoose(client, loose) } };
  };
}

type Chunk = { fileId: string; index: number };

/** Their file may be entered meanwhile. Once they are locked it cannot, so then they are looked at again. */
async function removeLoose(client: PoolClient, chunks: Chunk[]): Promise<number> {
  const given = [chunks.map((chunk) => chunk.fileId), chunks.map((chunk) => chunk.index)];
  const { rows } = await client.query<{ place: string }>(
    `select c.ctid::text as place from waybill.stored_file_chunks c
       join unnest($1::uuid[], $2::integer[]) as given (file_id, index) using (file_id, index)
     for update of c skip locked`,
    given,
  );
  const { rowCount } = await client.query(
    `delete from waybill.stored_file_chunks c where c.ctid = any($1::tid[]) and ${isLoose}`,
    [rows.map((row) => row.place)],
  );
  return rowCount ?? 0;
}

const isLoose = "not exists (select from waybill.stored_files f where f.id = c.file_id)";

/** The least id that RFC 9562 lets a UUID of version 7 have which is made at this time: it begins with the milliseconds. */
function firstIdAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
