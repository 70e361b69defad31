import type { MessagePort } from "node:worker_threads";
import { joinPort } from "./port-calls.ts";
import type { ReadingHost, ReadingRequest } from "./protocol.ts";
import { Reading } from "./reading.ts";

/** Reads one source, as it is asked to over the port, until the port is closed. */
export default async function readSource({ request, port }: { request: ReadingRequest; port: MessagePort }) {
  const closed = new Promise((resolve) => port.once("close", resolve));
  const reading: Reading = new Reading(
    request,
    joinPort<ReadingHost>(port, {
      open: () => reading.open(),
      check: () => reading.check(),
      nextBatch: (done: number) => reading.nextBatch(done),
      sourcesOf: (batchNumber: number, ordinals: number[]) => reading.sourcesOf(batchNumber, ordinals),
    }),
  );
  await closed;
  await reading.close();
}
