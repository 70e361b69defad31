import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { startTestServer, type TestServer } from "@waybill/server/testing/test-server";
import { expect, inject, onTestFinished, test } from "vitest";
import { cleanEnvironment, main, runCli } from "../testing/cli.ts";

test("a web process and two workers share a Postgres; a run goes through, and who is alive is shown", async () => {
  const web = await startTestServer(inject("postgres"), "web");
  onTestFinished(() => web.close());
  const cli = (...parameters: string[]) => runCli({ WAYBILL_URL: web.url, WAYBILL_TOKEN: web.token }, parameters);
  expect((await cli("workers")).stdout).toBe(
    "No workers, so runs wait in the queue. Start one: WAYBILL_ROLE=worker npx waybill serve\n",
  );
  const first = await startWorker(web);
  const second = await startWorker(web);
  expect(first.said).toMatch(/takes runs in this process, and says how it is at http:\S+\/readyz/);
  expect(first.said).not.toContain("sign-in");
  const file = join(import.meta.dirname, "../../../../samples/files/job-codes.csv");
  expect((await cli("run", "job-codes-import", "--file", file)).code).toBe(0);

  const listed = JSON.parse((await cli("workers", "--json")).stdout);
  expect(listed).toMatchObject({ next: null, items: [{ role: "worker" }, { role: "worker" }] });
  expect(listed.items.map((worker: { pid: number }) => worker.pid)).toEqual([first.pid, second.pid]);
  expect(await first.stop()).toBe(0);
  const { stdout } = await cli("workers");
  expect(stdout).toMatch(new RegExp(`Process .*Last beat.*\\n.* ${second.pid} .*worker.* s ago +idle`));
  expect(stdout).not.toContain(` ${first.pid} `);
  expect(await second.stop()).toBe(0);
});

/** Starts the real command as a worker beside a web process, with a home of its own and the key of that one's. */
async function startWorker(web: TestServer) {
  const WAYBILL_HOME = await mkdtemp(join(tmpdir(), "waybill-worker-"));
  const environment = {
    DATABASE_URL: web.databaseUrl,
    WAYBILL_MASTER_KEY: (await readFile(join(web.home, "master.key"), "utf8")).trim(),
    WAYBILL_ROLE: "worker",
    WAYBILL_HOME,
  };
  const worker = spawn(process.execPath, [main, "serve"], {
    env: cleanEnvironment(environment),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(worker, "exit");
  onTestFinished(async () => {
    worker.kill("SIGKILL");
    await ended;
    await rm(WAYBILL_HOME, { recursive: true, force: true });
  });
  return {
    pid: worker.pid,
    said: await untilReady(worker),
    async stop() {
      worker.kill("SIGTERM");
      await ended;
      return worker.exitCode;
    },
  };
}

async function untilReady(worker: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  let said = "";
  for await (const chunk of worker.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (!said.includes("Stop with Ctrl-C.")) continue;
    worker.stdout.resume();
    return said;
  }
  throw new Error(`The worker ended early: ${said}`);
}
