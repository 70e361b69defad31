import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

const ask = (filter: string) => server.ask(`/records/errors.csv?filter=${encodeURIComponent(filter)}`);

test("rejected records are given as a CSV to correct, and a filter that fits none is told", async () => {
  const header = "job_code,title,overtime,_line,_codes,_messages,_waybill_id";
  const file = await server.ask("/files?name=codes.csv", {
    method: "POST",
    body: "job_code,title,overtime\n,No code,yes\nJ101,=Sum,no\n",
  });
  const { id: sourceFile } = (await file.json()) as { id: string };
  const run = (await server.call("runs.start", { integration: "job-codes-import", sourceFile })).result.data.id;
  const watched = await server.ask(`/trpc/runs.watch?input=${encodeURIComponent(JSON.stringify({ run }))}`);
  await watched.text();
  const answer = await ask(JSON.stringify({ run }));
  expect(answer.headers.get("content-disposition")).toContain('filename="errors.csv"');
  const [first, second, ...rest] = (await answer.text()).trimEnd().split("\n");
  expect(first).toBe(header);
  expect(second).toMatch(/^,No code,yes,2,job_code:required,.*,[0-9a-f-]{36}@0$/);
  expect(rest).toEqual([]);
  const none = await ask(JSON.stringify({ run, code: "too_long" }));
  expect([none.status, await none.json()]).toMatchObject([404, { error: { code: "records_none" } }]);
});

test.each(["{", '{"run":7}', '{"unknown":1}'])("the filter %s is refused", async (filter) => {
  const answer = await ask(filter);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: "input_invalid" } }]);
});

test("a preview whose table of values is too long for an address comes as a POST", async () => {
  const values = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`an old value ${at}`, "new"]));
  const filter = { code: "too_long" };
  const order = { filter, change: { kind: "map", column: "title", values } };
  const answer = await server.call("records.bulk.preview", order, "POST");
  expect(answer.error).toMatchObject({ data: { waybill: { code: "records_none" } } });
});
