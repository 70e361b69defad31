import { readdir } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { defaultFileLimits, limits } from "../limits.ts";
import { temporaryFolder } from "../testing/real-tools.ts";
import { readTestDefinition } from "../testing/test-definition.ts";
import type { ReaderThread } from "./protocol.ts";
import { openReaderPool } from "./reader-pool.ts";

/** A pattern of so many states that a record of these signs keeps its thread for longer than a test may take. */
const endless = `x${"[xy]{999}".repeat(40)}[wz]`;
const signs = Array.from({ length: 500_000 }, (_, index) => (Math.imul(index, 0x9e3779b1) & 64 ? "x" : "y"));

test("a thread that is closed puts away what it has open, and ends by itself", async () => {
  const folder = await temporaryFolder();
  const thread = startReading(`id\n${"1\n".repeat(limits.spoolMemoryBytesMax)}`, folder);
  await thread.ask.open();
  expect(await readdir(folder)).toHaveLength(1);
  await thread.close();
  expect(await readdir(folder)).toEqual([]);
  await expect(thread.ended).resolves.toBeUndefined();
});

test("a thread that does not hear that it is closed is ended by force", async () => {
  const thread = startReading(`id\n${signs.join("")}\n`, await temporaryFolder());
  await thread.ask.open();
  await thread.ask.check();
  const batch = expect(thread.ask.nextBatch(0)).rejects.toThrow("gone");
  await thread.close();
  await batch;
  await expect(thread.ended).rejects.toMatchObject({ name: "AbortError" });
});

/** A reading of this CSV on a thread of a pool of its own. */
function startReading(csv: string, folder: string): ReaderThread {
  const pool = openReaderPool();
  onTestFinished(() => pool.close());
  const bytes = Buffer.from(csv);
  const request = {
    definition: readTestDefinition({ fields: `[{ name: id, type: text, required: true, pattern: "${endless}" }]` }),
    parameters: {},
    source: { id: "rows", name: "rows.csv", bytes: bytes.length },
    attachments: {},
    sourceLimits: defaultFileLimits,
    attachmentLimits: defaultFileLimits,
    now: new Date("2026-11-24T09:30:00Z"),
    temporaryFolder: folder,
  };
  return pool.start(request, { readChunk: async () => bytes, readKeys: async () => ({ private: [], public: [] }) });
}
