import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { limits } from "../limits.ts";
import { joinPort } from "./port-calls.ts";
import type { ReaderFunctions, ReaderPool, ReaderThread, ReadingRequest } from "./protocol.ts";

/** Starts no thread yet; each begins when it is first needed, and may fill a heap of so many MiB. */
export function openReaderPool(heapMebibytes: number = limits.readerThreadHeapMebibytes): ReaderPool {
  const pool = new Piscina<{ request: ReadingRequest; port: MessageChannel["port1"] }, void>({
    filename: new URL("./reader-thread.ts", import.meta.url).href,
    minThreads: 0,
    // One for each run that a process executes, so that none waits behind another's file.
    maxThreads: limits.workerSlots,
    idleTimeout: limits.readerThreadIdleSeconds * 1_000,
    atomics: "disabled",
    resourceLimits: {
      maxOldGenerationSizeMb: heapMebibytes,
      maxYoungGenerationSizeMb: limits.readerThreadYoungHeapMebibytes,
    },
  });
  return {
    start(request, host) {
      const { port1: port, port2 } = new MessageChannel();
      const killing = new AbortController();
      const ended = pool
        .run({ request, port: port2 }, { transferList: [port2], signal: killing.signal })
        .finally(() => port.close());
      ended.catch(() => undefined);
      const thread: ReaderThread = {
        ask: joinPort<ReaderFunctions>(port, host),
        fault: undefined,
        ended,
        hangUp(fault) {
          thread.fault ??= fault;
          port.close();
        },
        async close() {
          port.close();
          const timer = setTimeout(() => killing.abort(), limits.readerThreadClosingSeconds * 1_000);
          await ended.catch(() => undefined);
          clearTimeout(timer);
        },
      };
      return thread;
    },
    close: () => pool.destroy(),
  };
}
