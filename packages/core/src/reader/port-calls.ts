import type { MessagePort, Transferable } from "node:worker_threads";
import { type CarriedFault, carryFault, restoreFault } from "./carried-fault.ts";
import type { PortFunctions, Remote } from "./protocol.ts";

/** A value whose buffers are handed over instead of copied; the side that gives it can use them no more. */
export class Moved<Value> {
  readonly value: Value;
  readonly buffers: Transferable[];

  constructor(value: Value, buffers: Transferable[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

type Message =
  | { kind: "call"; id: number; name: string; args: unknown[] }
  | { kind: "value"; id: number; value: unknown }
  | { kind: "fault"; id: number; fault: CarriedFault };

/** Joins two sides of a port: answers its calls with `own`, and gives the functions of the other side. */
export function joinPort<Other extends PortFunctions>(port: MessagePort, own: PortFunctions): Remote<Other> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let closed = false;
  let calls = 0;
  port.on("message", (message: Message) => {
    if (message.kind === "call") return void answer(port, own, message);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === "value") asked?.resolve(message.value);
    else asked?.reject(restoreFault(message.fault));
  });
  port.on("close", () => {
    closed = true;
    for (const { reject } of waiting.values()) reject(new PortClosed());
    waiting.clear();
  });
  const call = (name: string, args: unknown[]) => {
    if (closed) return Promise.reject(new PortClosed());
    const asked = Promise.withResolvers<unknown>();
    const id = calls++;
    waiting.set(id, asked);
    port.postMessage({ kind: "call", id, name, args } satisfies Message);
    return asked.promise;
  };
  return new Proxy({} as Remote<Other>, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        call(String(name), args),
  });
}

/** The other side of a port is gone. */
export class PortClosed extends Error {
  constructor() {
    super("The other side of the port is gone.");
  }
}

async function answer(port: MessagePort, own: PortFunctions, { id, name, args }: Message & { kind: "call" }) {
  try {
    // What each function takes is known where the two sides are joined.
    const given = await own[name]?.(...(args as never[]));
    const [value, buffers] = given instanceof Moved ? [given.value, given.buffers] : [given, []];
    port.postMessage({ kind: "value", id, value } satisfies Message, buffers);
  } catch (error) {
    port.postMessage({ kind: "fault", id, fault: carryFault(error) } satisfies Message);
  }
}
