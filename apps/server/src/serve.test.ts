import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readRunningNote } from "./running-note.ts";
import { serve } from "./serve.ts";
import { readServerSettings } from "./settings.ts";
import { readUntil } from "./testing/read-until.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const samples = resolve(import.meta.dirname, "../../../samples/files");
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

describe("without a token", () => {
  test.each([
    ["GET", "/trpc/runs.list?input=%7B%7D"],
    ["POST", "/trpc/runs.start"],
    ["GET", "/trpc/runs.changes"],
    ["POST", "/files?name=a.csv"],
    ["GET", "/files/01a20b57-fe1e-74a6-bf37-95105e49ef27/content"],
    ["GET", "/runs/any/errors.csv"],
    ["GET", "/runs/any/source"],
    ["GET", "/records/errors.csv"],
  ])("%s %s is 401", async (method, path) => {
    const headers = { "Content-Type": "application/json", Origin: server.url };
    const answer = await fetch(server.url + path, { method, headers, ...(method === "POST" && { body: "{}" }) });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain("not_signed_in");
  });

  test("and with a wrong one, or a link in place of a token, is 401", async () => {
    const link = new URL(await server.signInLink()).searchParams.get("link");
    for (const token of ["wrong", link]) {
      const answer = await fetch(`${server.url}/trpc/system.info`, { headers: { Authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(401);
    }
  });

  test("only health and metrics are open", async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
  });
});

describe("the API", () => {
  test("starts one run for one idempotency key, however often it is asked", async () => {
    const file = await upload("job-codes.csv");
    const request = { integration: "job-codes-import", sourceFile: file, idempotencyKey: "nightly-1" };
    const first = await server.call("runs.start", request);
    const second = await server.call("runs.start", request);
    expect(first.result.data.id).toBe(second.result.data.id);
    const other = await server.call("runs.start", { ...request, test: true });
    expect(other.error).toMatchObject({ data: { httpStatus: 409, waybill: { code: "idempotency_key_reused" } } });
  });

  test("says what is wrong with a request, and nothing about itself", async () => {
    const wrong = await server.call("runs.start", { integration: 7 });
    expect(wrong.error).toMatchObject({ data: { httpStatus: 400, waybill: { code: "input_invalid" } } });
    expect(JSON.stringify(wrong)).not.toContain("stack");
    expect((await server.call("runs.get", { run: "nobody" }, "GET")).error.data.waybill.code).toBe("run_unknown");
  });

  test("takes no more than a few calls in one request", async () => {
    const batch = (count: number) => {
      const input = encodeURIComponent(JSON.stringify({ 0: {} }));
      return server.ask(`/trpc/${Array(count).fill("system.info").join(",")}?batch=1&input=${input}`);
    };
    expect((await batch(20)).status).toBe(200);
    expect((await batch(21)).status).toBe(400);
  });

  test("tells a run's changes as they happen", async () => {
    const { result } = await server.call("runs.start", {
      integration: "job-codes-import",
      sourceFile: await upload("job-codes.csv"),
    });
    const input = encodeURIComponent(JSON.stringify({ run: result.data.id }));
    const answer = await server.ask(`/trpc/runs.watch?input=${input}`);
    const text = await readUntil(answer, '"status":"completed"');
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(text).toContain("data: ");
  });
});

test("a subscription that has nothing to tell pings, and asks its reader to come back when it does not", async () => {
  const answer = await server.ask("/trpc/runs.changes");
  const said = await readUntil(answer, "event: ping");
  expect(said).toContain('"reconnectAfterInactivityMs":20000');
});

describe("a browser's session", () => {
  test("comes from a link that works once, however often it was looked at", async () => {
    const link = await server.signInLink();
    const look = await fetch(link, { method: "HEAD", redirect: "manual" });
    expect(look.headers.get("set-cookie")).toBeNull();
    const first = await fetch(link, { redirect: "manual" });
    expect(first.headers.get("location")).toBe("/");
    expect(first.headers.get("set-cookie")).toMatch(/waybill_session=.+HttpOnly.*SameSite=Strict/);
    const second = await fetch(link, { redirect: "manual" });
    expect(second.headers.get("set-cookie")).toBeNull();
  });

  test("changes nothing for a page of another origin", async () => {
    const cookie = await signIn();
    const send = (headers: Record<string, string>) =>
      fetch(`${server.url}/trpc/system.makeSignInLink`, {
        method: "POST",
        headers: { Cookie: cookie, "Content-Type": "application/json", ...headers },
        body: "{}",
      });
    expect((await send({ Origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await send({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await send({ Origin: server.url })).status).toBe(200);
  });

  test("ends when its owner signs out", async () => {
    const cookie = await signIn();
    const info = () => fetch(`${server.url}/trpc/system.info`, { headers: { Cookie: cookie } });
    expect((await info()).status).toBe(200);
    await fetch(`${server.url}/sign-out`, { method: "POST", headers: { Cookie: cookie, Origin: server.url } });
    expect((await info()).status).toBe(401);
  });
});

test("a download gives the bytes that were sent and says how many, whatever the name", async () => {
  const name = 'Zoë "1"; ../x.csv';
  const bytes = Buffer.from("a,b\n1,2\n");
  const sent = await server.ask(`/files?name=${encodeURIComponent(name)}`, { method: "POST", body: bytes });
  const { id, sha256 } = (await sent.json()) as { id: string; sha256: string };
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  const answer = await server.ask(`/files/${id}/content`);
  expect(answer.headers.get("content-length")).toBe(String(bytes.length));
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  expect(answer.headers.get("content-disposition")).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
});

test("a form in place of a file's bytes is refused, and nothing of it is kept", async () => {
  const body = new FormData();
  body.append("file", new Blob(["a\n1\n"]), "a.csv");
  const answer = await server.ask("/files?name=a.csv", { method: "POST", body });
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: "upload_multipart" } }]);
});

test("a name is as long as a file's may be and no longer, holds no NUL, and is there", async () => {
  const send = async (query: string) => {
    const answer = await server.ask(`/files${query}`, { method: "POST", body: "a\n1\n" });
    const body = (await answer.json()) as { error?: { code: string } };
    return body.error?.code ?? answer.status;
  };
  expect(await send(`?name=${"n".repeat(251)}.csv`)).toBe(201);
  expect(await send(`?name=${"n".repeat(252)}.csv`)).toBe("file_name_invalid");
  expect(await send("?name=a%00b.csv")).toBe("file_name_invalid");
  expect(await send("")).toBe("file_name_invalid");
});

test("the home keeps the token and the master key for its owner alone, and a second server is refused", async () => {
  for (const name of ["token", "master.key", "server.json"]) {
    expect(((await stat(join(server.home, name))).mode & 0o777).toString(8)).toBe("600");
  }
  expect(await readRunningNote(server.home)).toMatchObject({ url: server.url, pid: process.pid });
  const settings = readServerSettings({ DATABASE_URL: server.databaseUrl, WAYBILL_HOME: server.home, PORT: "0" });
  await expect(serve(settings, console)).rejects.toThrow("already running");
});

async function upload(name: string): Promise<string> {
  const body = await readFile(join(samples, name));
  const answer = await server.ask(`/files?name=${name}`, { method: "POST", body });
  return ((await answer.json()) as { id: string }).id;
}

async function signIn(): Promise<string> {
  const answer = await fetch(await server.signInLink(), { redirect: "manual" });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
