import { readdir } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Context } from "../context.ts";
import { defaultFileLimits, limits } from "../limits.ts";
import { keepFile } from "../testing/run-file.ts";
import { readTestDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import type { CheckedBatch } from "./checked-batch.ts";
import { openReaderPool } from "./reader-pool.ts";
import { type SourceReader, startReader } from "./source-reader.ts";

const rows = ["1,plain", '2,"a ""quoted"" one,\nin two lines"', "x,refused", "3,back\\slash\tand tab", "4,"];

test("records come encoded, and stand as in the source when they are asked for", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const reader = await start(ctx, `id,name,extra\n${rows.map((row) => `${row},e\n`).join("")}`);
  expect(await reader.open()).toMatchObject({ layers: ["csv"], signedBy: null });
  expect(await reader.check()).toEqual({ header: ["id", "name", "extra"], unknown: ["extra"] });
  const [batch] = await collect(reader, 1);
  if (!batch) throw new Error("There is no batch.");
  expect(Buffer.from(batch.accepted.text).toString("utf8")).toBe(
    '1\tplain\n2\ta "quoted" one,\\nin two lines\n3\tback\\\\slash\\tand tab\n4\t\\N\n',
  );
  expect([...batch.accepted.recordNumbers]).toEqual([1, 2, 4, 5]);
  expect(batch).toMatchObject({ read: 5, rejected: [{ recordNumber: 3, line: 5, values: ["x", "refused", "e"] }] });
  expect(await reader.sourcesOf(batch, [1, 3])).toEqual([
    { recordNumber: 2, line: 3, values: ["2", 'a "quoted" one,\nin two lines', "e"] },
    { recordNumber: 5, line: 7, values: ["4", "", "e"] },
  ]);
});

test("records after the first so many can be read, and the sources of each batch while it is the last one taken", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const count = limits.batchRecords * 5;
  const reader = await start(ctx, `id,name\n${Array.from({ length: count }, (_, n) => `${n},name ${n}\n`).join("")}`);
  await reader.open();
  await reader.check();
  const first: number[] = [];
  for await (const batch of reader.batches(3)) {
    first.push(batch.accepted.recordNumbers[0] ?? 0);
    const number = batch.accepted.recordNumbers.at(-1) ?? 0;
    expect(await reader.sourcesOf(batch, [batch.accepted.count - 1])).toEqual([
      { recordNumber: number, line: number + 1, values: [String(number - 1), `name ${number - 1}`] },
    ]);
  }
  expect(first).toEqual([0, 1, 2, 3, 4].map((batch) => batch * limits.batchRecords + 4));
});

test("a file that needs more memory than a thread may have is refused, and the next one is read", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const small = { ...ctx, readers: openReaderPool(24) };
  onTestFinished(() => small.readers.close());
  const table = Array.from({ length: limits.attachmentRecordsMax }, (_, n) => `${n}${"0".repeat(200)}\n`).join("");
  const reader = await start(small, "id,name\n1,a\n", { attachment: `code\n${table}` });
  await reader.open();
  await expect(reader.check()).rejects.toMatchObject({ code: "file_too_demanding" });
  await reader.close();
  const next = await start(small, "id,name\n1,a\n");
  expect(await next.open()).toMatchObject({ layers: ["csv"] });
});

test("a file that takes more time than it may is refused", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const reader = await start(ctx, "id,name\n1,a\n", { seconds: 0.001 });
  await expect(reader.open()).rejects.toMatchObject({
    code: "file_too_demanding",
    message: expect.stringContaining("more than 0.001 seconds"),
  });
});

test("whoever stops reading gets the reason, and nothing remains on disk", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const stopping = new AbortController();
  const reader = await start(ctx, `id,name\n${"1,a\n".repeat(limits.spoolMemoryBytesMax)}`, {
    signal: stopping.signal,
  });
  await reader.open();
  expect(await readdir(ctx.temporaryFolder)).toHaveLength(1);
  stopping.abort(new Error("enough"));
  await expect(reader.check()).rejects.toThrow("enough");
  await reader.close();
  expect(await readdir(ctx.temporaryFolder)).toEqual([]);
});

test("a fault of the database comes as it was", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const reader = await start(ctx, "id,name\n1,a\n");
  await ctx.database.pool.query("alter table waybill.stored_file_chunks rename to gone");
  await expect(reader.open()).rejects.toMatchObject({ code: "42P01", routine: expect.any(String) });
});

async function start(
  ctx: Context,
  csv: string,
  { attachment = "", signal = new AbortController().signal, seconds = 60 } = {},
): Promise<SourceReader> {
  const definition = readTestDefinition({
    attachments: "[{ key: codes, label: Codes, columns: [code] }]",
    fields: "[{ name: id, type: integer, required: true }, { name: name, type: text }]",
  });
  const fileLimits = { ...defaultFileLimits, sourceBytesMax: 64 * 1024 * 1024 };
  const request = {
    definition,
    parameters: {},
    source: await keepFile(ctx, "rows.csv", csv),
    attachments: attachment ? { codes: await keepFile(ctx, "codes.csv", attachment) } : ({} as Record<string, never>),
    sourceLimits: fileLimits,
    attachmentLimits: fileLimits,
    now: ctx.clock.now(),
  };
  const reader = await startReader(ctx, request, signal, { opening: seconds, batch: seconds });
  onTestFinished(() => reader.close());
  return reader;
}

async function collect(reader: SourceReader, count: number): Promise<CheckedBatch[]> {
  const batches: CheckedBatch[] = [];
  for await (const batch of reader.batches(0)) if (batches.push(batch) === count) break;
  return batches;
}
