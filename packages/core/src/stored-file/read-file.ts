import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { StoredFile } from "./stored-file.ts";

const columns = `id, name, bytes::float8 as bytes, sha256, created_at as "createdAt"`;

export const getFileInput = z.strictObject({ file: z.uuid() });

/** The file of this id. Throws `file_unknown`. */
export async function getFile(ctx: Context, input: z.output<typeof getFileInput>): Promise<StoredFile> {
  return await findFile(ctx, input.file);
}

export const listFilesInput = z.strictObject(pageInput);

/** Stored files, newest first. */
export async function listFiles(ctx: Context, input: z.output<typeof listFilesInput>): Promise<Page<StoredFile>> {
  const after = readCursor(input.cursor, z.tuple([z.uuid()]));
  const { rows } = await ctx.database.pool.query<StoredFileRow>(
    `select ${columns} from waybill.stored_files
     where $1::uuid is null or id < $1 order by id desc limit $2`,
    [after?.[0] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toStoredFile), input.limit, (file) => [file.id]);
}

/** As `getFile`, for callers that have no actor. */
export async function findFile(services: Services, id: string): Promise<StoredFile> {
  const { rows } = await services.database.pool.query<StoredFileRow>(
    `select ${columns} from waybill.stored_files where id = $1`,
    [id],
  );
  if (!rows[0]) throw fileUnknown(id);
  return toStoredFile(rows[0]);
}

/** The files of these ids, under the same keys. Throws `file_unknown`. */
export async function findFiles(services: Services, ids: Record<string, string>): Promise<Record<string, StoredFile>> {
  const found = Object.entries(ids).map(async ([key, id]) => [key, await findFile(services, id)] as const);
  return Object.fromEntries(await Promise.all(found));
}

/** The error of an id at which no file is, or no longer. */
export function fileUnknown(id: string): WaybillError {
  return new WaybillError("file_unknown", `There is no file ${id}. Send it first, then name the id it got.`);
}

/** The bytes of a stored file, a chunk at a time. */
export async function* readFileBytes(services: Services, id: string): AsyncGenerator<Uint8Array> {
  for (let index = 0; ; index++) {
    const chunk = await readFileChunk(services, id, index);
    if (!chunk) return;
    yield chunk;
  }
}

/** One chunk of a stored file, counted from 0; null after the last. */
export async function readFileChunk(
  services: Pick<Services, "database">,
  id: string,
  index: number,
): Promise<Uint8Array | null> {
  const { rows } = await services.database.pool.query<{ data: Buffer }>(
    "select data from waybill.stored_file_chunks where file_id = $1 and index = $2",
    [id, index],
  );
  return rows[0]?.data ?? null;
}

type StoredFileRow = Omit<StoredFile, "createdAt"> & { createdAt: Date };

function toStoredFile(row: StoredFileRow): StoredFile {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
