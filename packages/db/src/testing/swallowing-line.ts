import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { onTestFinished } from "vitest";

/** A line to a Postgres that can swallow what is sent, in both directions, and close nothing. */
export interface SwallowingLine {
  url: string;
  swallow(): void;
  /** Lets new connections through again; what was swallowed stays so. */
  carry(): void;
}

/** Lays a line to the Postgres of this URL, on a free port of this machine, until the test is over. */
export async function laySwallowingLine(databaseUrl: string): Promise<SwallowingLine> {
  const behind = new URL(databaseUrl);
  const swallowed = new Set<() => void>();
  let swallowing = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    near.on("error", () => near.destroy());
    if (swallowing) return void near.resume();
    const far = connect({ port: Number(behind.port), host: behind.hostname, allowHalfOpen: true });
    far.on("error", () => far.destroy());
    near.pipe(far).pipe(near);
    swallowed.add(() => {
      for (const socket of [near, far]) socket.unpipe();
      for (const socket of [near, far]) socket.resume();
    });
    onTestFinished(() => {
      for (const socket of [near, far]) socket.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    swallow() {
      swallowing = true;
      for (const cut of swallowed) cut();
      swallowed.clear();
    },
    carry() {
      swallowing = false;
    },
  };
}
