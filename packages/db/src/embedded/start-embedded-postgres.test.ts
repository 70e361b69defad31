import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "./start-embedded-postgres.ts";

test("a cluster that was stopped starts again", async () => {
  const folder = await clusterFolder();
  const first = await startEmbeddedPostgres({ folder });
  await answer(first.url);
  await answer(first.quickUrl);
  expect(new URL(first.quickUrl).searchParams.get("host")).toBe(join(folder, "data"));
  await first.stop();
  const second = await startEmbeddedPostgres({ folder });
  await answer(second.url);
  await second.stop();
});

test("a cluster whose folder has too long a name for a socket, or too strange a one, answers without", async () => {
  for (const name of ["x".repeat(80), "with, a comma"]) {
    const folder = join(await clusterFolder(), name);
    const server = await startEmbeddedPostgres({ folder });
    expect(server.quickUrl).toBe(server.url);
    await answer(server.quickUrl);
    await server.stop();
  }
});

test("a server whose starter was killed makes room, and a first start that was killed is made again", async () => {
  const folder = await clusterFolder();
  const broken = startElsewhere(folder);
  for await (const { filename } of watch(folder, { recursive: true })) if (filename?.endsWith("PG_VERSION")) break;
  process.kill(-(broken.pid ?? 0), "SIGKILL");
  await once(broken, "exit");

  const killed = startElsewhere(folder);
  await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "exit");

  const server = await startEmbeddedPostgres({ folder });
  await answer(server.url);
  await server.stop();
  expect((await readdir(folder)).sort()).toEqual(["data", "password", "postgres.log"]);
});

async function clusterFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-embedded-"));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that starts the cluster and then lives on, having said so. */
function startElsewhere(folder: string) {
  const module = JSON.stringify(new URL("start-embedded-postgres.ts", import.meta.url).href);
  const program = `import { startEmbeddedPostgres } from ${module};
    await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} });
    console.log("started");
    setInterval(() => undefined, 1_000);`;
  return spawn(process.execPath, ["--input-type=module", "--eval", program], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function answer(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await client.end();
}
