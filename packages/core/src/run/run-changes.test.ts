import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished, test } from "vitest";
import { openTestWaybill } from "../testing/test-services.ts";
import { openRunChanges } from "./run-changes.ts";

test("stops without leaving a connection behind, also while it comes back after losing one", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const gate = await openGate(ctx.database.url);
  const opening = openRunChanges({ connectionString: gate.url });
  const first = await gate.next();
  first.pass();
  const changes = await opening;
  const again = gate.next();
  first.socket.destroy();
  const second = await again;
  const closed = once(second.socket, "close");
  const stopped = changes.stop();
  second.pass();
  await Promise.all([stopped, closed]);
});

/** Stands before a Postgres and lets nobody in until told to. */
async function openGate(databaseUrl: string) {
  const behind = new URL(databaseUrl);
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    async next() {
      const [socket] = (await once(server, "connection")) as [Socket];
      socket.on("error", () => undefined);
      return { socket, pass: () => pass(socket, behind) };
    },
  };
}

function pass(socket: Socket, { hostname, port }: URL): void {
  const onward = connect(Number(port), hostname);
  onward.on("error", () => undefined);
  onward.on("close", () => socket.destroy());
  socket.on("close", () => onward.destroy());
  socket.pipe(onward).pipe(socket);
  socket.resume();
}
