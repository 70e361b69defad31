import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openHome } from "./home.ts";

test.each([
  ["token", ""],
  ["token", "t".repeat(31)],
  ["token", `${"t".repeat(31)} ${"t".repeat(31)}`],
  ["master.key", ""],
  ["master.key", Buffer.alloc(31).toString("base64")],
])("a %s that is too weak to use is refused: %j", async (name, content) => {
  const folder = await makeFolder();
  await writeFile(join(folder, name), content);
  await expect(openHome(folder)).rejects.toThrow(join(folder, name));
});

test("secrets that others could read are for their owner alone, and stay what they are", async () => {
  const folder = await makeFolder();
  const { close, ...first } = await openHome(folder);
  await close();
  for (const name of ["token", "master.key"]) await chmod(join(folder, name), 0o644);
  expect(await openHome(folder)).toMatchObject(first);
  for (const name of ["token", "master.key"]) {
    expect(((await stat(join(folder, name))).mode & 0o777).toString(8)).toBe("600");
  }
});

test("a master key that is given stands in for the home's, which is neither read nor made", async () => {
  const folder = await makeFolder();
  const given = Buffer.alloc(32, 7);
  const home = await openHome(folder, given);
  expect(home.masterKey).toEqual(given);
  expect(await readdir(folder)).not.toContain("master.key");
  await home.close();
  await writeFile(join(folder, "master.key"), "not a key");
  expect((await openHome(folder, given)).masterKey).toEqual(given);
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-home-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
