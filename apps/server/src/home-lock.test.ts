import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lockHome } from "./home-lock.ts";
import { serve } from "./serve.ts";
import { readServerSettings } from "./settings.ts";

test("of two servers started at once in one home, with a Postgres of its own, one says so and the other serves", async () => {
  const home = await makeFolder();
  const settings = readServerSettings({ WAYBILL_HOME: home, PORT: "0", WAYBILL_SAMPLES: "off" });
  const started = await Promise.allSettled([serve(settings, console), serve(settings, console)]);
  const servers = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  onTestFinished(async () => {
    for (const server of servers) await server.close();
  });
  const faults = started.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  expect(faults).toEqual([
    expect.stringMatching(/Another Waybill is starting or running in WAYBILL_HOME .* Stop it, or/),
  ]);
  expect((await fetch(`${servers[0]?.url}/readyz`)).status).toBe(200);
});

test("a lock is free again after its holder let go", async () => {
  const folder = await makeFolder();
  const unlock = await lockHome(folder);
  await expect(lockHome(folder)).rejects.toThrow(`(process ${process.pid})`);
  await unlock();
  await (await lockHome(folder))();
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ["a process that is gone", "4194305 1"],
  ["an earlier process with this one's number", `${process.pid} 1`],
  ["a machine that lost power", ""],
])("what %s left behind is taken over, once", async (_, left) => {
  const folder = await makeFolder();
  await writeFile(join(folder, "server.lock"), left);
  const taken = await Promise.allSettled([lockHome(folder), lockHome(folder)]);
  expect(taken.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await readFile(join(folder, "server.lock"), "utf8")).toMatch(new RegExp(`^${process.pid}\\b`));
  expect(await readdir(folder)).toEqual(["server.lock"]);
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-lock-"));
  await chmod(folder, 0o711);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
