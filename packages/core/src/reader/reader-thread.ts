import { enableCompileCache } from "node:module";
import type { MessagePort } from "node:worker_threads";
import type { ReadingHost, ReadingRequest } from "./protocol.ts";

enableCompileCache();
const { joinPort } = await import("./port-calls.ts");
const { Reading } = await import("./reading.ts");

/** Reads one source, as it is asked to over the port, until the port is closed. */
export default async function readSource({ request, port }: { request: ReadingRequest; port: MessagePort }) {
  const closed = new Promise((resolve) => port.once("close", resolve));
  const host = joinPort<ReadingHost>(port, {
    lookups: () => reading.lookups(),
    open: () => reading.open(),
    check: () => reading.check(),
    nextBatch: (done: number) => reading.nextBatch(done),
    sourcesOf: (batchNumber: number, ordinals: number[]) => reading.sourcesOf(batchNumber, ordinals),
  });
  const reading = new Reading(request, host);
  await closed;
  await reading.close();
}
