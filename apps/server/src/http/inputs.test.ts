import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test.each<[method: "GET" | "POST", procedure: string, input: Record<string, unknown>]>([
  ["POST", "runs.start", { integration: "job-codes-import" }],
  ["POST", "runs.rerun", { run: "any" }],
  ["POST", "runs.cancel", { run: "any" }],
  ["GET", "runs.get", { run: "any" }],
  ["GET", "runs.list", {}],
  ["GET", "runs.issues", { run: "any" }],
  ["GET", "runs.log", { run: "any" }],
  ["GET", "integrations.list", {}],
  ["GET", "integrations.get", { key: "job-codes-import" }],
  ["POST", "integrations.applyDefinition", { yaml: "" }],
  ["POST", "integrations.delete", { key: "job-codes-import" }],
  ["GET", "keys.export", {}],
  ["POST", "keys.generate", { userId: "Waybill" }],
  ["POST", "keys.import", { armored: "any" }],
  ["GET", "datasets.rows", { dataset: "job_codes" }],
  ["GET", "files.get", { file: "01a20b57-fe1e-74a6-bf37-95105e49ef27" }],
  ["GET", "files.list", {}],
])("%s %s refuses a name that it does not know", async (method, procedure, input) => {
  const { error } = await server.call(procedure, { ...input, tset: true }, method);
  expect(error.data).toMatchObject({ httpStatus: 400, waybill: { code: "input_invalid" } });
  expect(error.message).toMatch(/"tset"|each with a passphrase or without/);
});
