import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { oneKey, openFile } from "../testing/open-file.ts";
import { zip } from "../testing/real-tools.ts";

const most = Buffer.alloc(limits.expansionFreeBytes, "1,2\n");
const more = Buffer.concat([most, Buffer.alloc(256 * 1024, "1,2\n")]);

test("an archive may expand as far as it likes up to a size, and beyond it only as tables do", async () => {
  expect((await openFile("a.zip", await zip({ "a.csv": most }))).bytes).toBe(most.length);
  await expect(openFile("a.zip", await zip({ "a.csv": more }))).rejects.toMatchObject({
    code: "file_expands_too_far",
    details: { expansionRatioMax: limits.expansionRatioMax },
  });
});

test("a message is held to the same", async () => {
  const { gpg, own, keys } = await oneKey();
  const limitsOfFile = {
    sourceBytesMax: 2 * most.length,
    zipBytesMax: 2 * most.length,
    expandedBytesMax: 2 * most.length,
  };
  const open = async (content: Buffer) =>
    await openFile("a.csv.pgp", await gpg.write(content, ["--encrypt", "--recipient", own]), {
      keys,
      limits: limitsOfFile,
    });
  expect((await open(most)).bytes).toBe(most.length);
  await expect(open(more)).rejects.toMatchObject({ code: "file_expands_too_far" });
});
