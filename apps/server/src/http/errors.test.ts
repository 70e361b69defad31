import { limits } from "@waybill/core/limits";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

const cursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString("base64url");
const someId = "01a20b57-fe1e-74a6-bf37-95105e49ef27";

describe("what Postgres cannot hold is the fault of the request, not ours:", () => {
  test.each<[procedure: string, input: Record<string, unknown>]>([
    ["runs.get", { run: "a\0b" }],
    ["runs.list", { search: "\0" }],
    ["runs.list", { cursor: cursor(["0000-01-01T00:00:00Z", someId]) }],
    ["integrations.list", { search: "a\0" }],
    ["integrations.list", { cursor: cursor(["\0", ""]) }],
    ["integrations.get", { key: "job-codes-import", version: 9_999_999_999 }],
    ["keys.export", { key: "\0" }],
    ["datasets.rows", { dataset: "\0" }],
    ["records.list", { filter: { search: "\0" } }],
    ["records.list", { filter: { field: "\0" } }],
    ["records.list", { filter: { assignee: "\0" } }],
    ["records.list", { filter: { since: "0000-01-01T00:00:00Z" } }],
    ["records.list", { cursor: cursor([someId, 1e300]) }],
    ["records.count", { filter: { integration: "\0" } }],
    ["records.bulk.list", { cursor: cursor(["0000-01-01T00:00:00Z", someId]) }],
  ])("%s %j", async (procedure, input) => {
    await expectRefused(procedure, input);
  });

  test("a changed cursor of a run's records and of its log, and a code with a NUL", async () => {
    const run = await startRun();
    await expectRefused("runs.issues", { run, cursor: cursor([1e300]) });
    await expectRefused("runs.issues", { run, cursor: cursor([1.5]) });
    await expectRefused("runs.issues", { run, code: "\0" });
    await expectRefused("runs.log", { run, cursor: cursor([1e300]) });
  });

  test("a changed cursor of a dataset's rows", async () => {
    const run = await startRun();
    const watching = await server.ask(`/trpc/runs.watch?input=${encodeURIComponent(JSON.stringify({ run }))}`);
    await watching.text();
    await expectRefused("datasets.rows", { dataset: "job_codes", cursor: cursor(["(99999999999,1)"]) });
  });

  test("an idempotency key with a NUL, in a call that changes something", async () => {
    const answer = await server.call("runs.start", { integration: "job-codes-import", idempotencyKey: "\0" });
    expect(answer.error.data).toMatchObject({ httpStatus: 400, waybill: { code: "input_invalid" } });
  });

  test("an address with a NUL", async () => {
    const answer = await server.ask("/runs/%00/errors.csv");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "input_invalid" } });
    expect(server.faults).toEqual([]);
  });
});

test("a subscription to what is not there is answered as any call, and not logged", async () => {
  const input = encodeURIComponent(JSON.stringify({ run: "nobody" }));
  const said = await (await server.ask(`/trpc/runs.watch?input=${input}`)).text();
  expect(said).toContain('"httpStatus":404');
  expect(said).toContain('"code":"NOT_FOUND"');
  expect(said).toContain('"code":"run_unknown"');
  expect(server.faults).toEqual([]);
});

test("an upload that its sender breaks off is no fault of ours, and nothing of it is kept", async () => {
  const before = await countChunks();
  const sending = new AbortController();
  async function* breakingOff() {
    yield Buffer.alloc(limits.storedChunkBytes);
    await untilChunks(before + 1);
    sending.abort();
  }
  const upload = server.ask("/files?name=a.csv", {
    method: "POST",
    body: ReadableStream.from(breakingOff()),
    duplex: "half",
    signal: sending.signal,
  });
  await expect(upload).rejects.toThrow();
  await untilChunks(before);
  await server.ask("/healthz");
  expect(server.faults).toEqual([]);
});

async function expectRefused(procedure: string, input: Record<string, unknown>): Promise<void> {
  const { error } = await server.call(procedure, input, "GET");
  expect(error.data).toMatchObject({ code: "BAD_REQUEST", httpStatus: 400, waybill: { code: "input_invalid" } });
  expect(error.message).toMatch(/^The request holds a .+\.$/);
  expect(server.faults).toEqual([]);
}

async function startRun(): Promise<string> {
  const sent = await server.ask("/files?name=codes.csv", {
    method: "POST",
    body: "job_code,title,overtime\nJ900,Tailor,true\n",
  });
  const { id } = (await sent.json()) as { id: string };
  return (await server.call("runs.start", { integration: "job-codes-import", sourceFile: id })).result.data.id;
}

async function untilChunks(count: number): Promise<void> {
  await vi.waitFor(async () => expect(await countChunks()).toBe(count), { timeout: 10_000 });
}

async function countChunks(): Promise<number> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    return (await client.query("select count(*)::int as count from waybill.stored_file_chunks")).rows[0].count;
  } finally {
    await client.end();
  }
}
