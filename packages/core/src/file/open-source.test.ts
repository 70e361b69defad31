import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { openFile as open } from "../testing/open-file.ts";
import { temporaryFolder, zip } from "../testing/real-tools.ts";

const csv = "a,b\n1,2\n";
const mebibyte = 1024 * 1024;

describe("a csv", () => {
  test("of exactly 1 MiB is opened, one byte more is refused with the advice to compress", async () => {
    const text = "x".repeat(mebibyte);
    expect((await open("a.csv", text)).bytes).toBe(mebibyte);
    await expect(open("a.csv", `${text}x`)).rejects.toMatchObject({
      code: "file_too_large",
      message: expect.stringContaining("Compress it to a .zip"),
    });
  });

  test("that is empty is refused", async () => {
    await expect(open("a.csv", "")).rejects.toMatchObject({ code: "file_empty" });
  });

  test("with an unknown ending, or none, is refused", async () => {
    for (const name of ["a.txt", "a", "a.csv.exe"]) {
      await expect(open(name, csv)).rejects.toMatchObject({ code: "file_ending_unknown" });
    }
  });
});

describe("content decides", () => {
  test.each([
    ["a.csv", () => zip({ "a.csv": csv })],
    ["a.zip", async () => Buffer.from(csv)],
    ["a.pgp", async () => Buffer.from(csv)],
    ["a.gpg", () => zip({ "a.csv": csv })],
  ])("and %s with another content is refused, both named", async (name, content) => {
    await expect(open(name, await content())).rejects.toMatchObject({
      code: "file_ending_disagrees",
      message: expect.stringMatching(/ends in \.\w+, but its content is /),
    });
  });
});

describe("text that begins with a letter whose bytes look like those of a PGP message", () => {
  test.each(["əməkdaş_id,ad", "ɛnyɔ,b", "ʻumur,b", "țară,b", "École,b", "£,b"])("%s is a csv", async (header) => {
    const text = `${header}\n1,2\n`;
    expect(await open("a.csv", text)).toMatchObject({ layers: ["csv"], text });
  });

  test.each(["École", "État", "Êtat", "Ëx", "Über"])("%s in Latin-1 is a csv too", async (name) => {
    const content = Buffer.from(`${name},b\n1,2\n`, "latin1");
    expect(await open("a.csv", content)).toMatchObject({ layers: ["csv"] });
  });
});

test("nothing remains on disk of a source that was refused", async () => {
  const folder = await temporaryFolder();
  const large = randomBytes(limits.spoolMemoryBytesMax).toString("hex");
  const archive = await zip({ "a.csv": large, "b.csv": large });
  await expect(open("a.zip", archive, { temporaryFolder: folder })).rejects.toThrow();
  expect(await readdir(folder)).toEqual([]);
});
