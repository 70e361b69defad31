import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A line to a server that a test can cut and mend. */
export interface Line {
  url: string;
  /** Resolves when something that holds this text is next sent to the server. */
  sent(text: string): Promise<void>;
  /** Resolves when the server next answers something that holds this text. */
  answered(text: string): Promise<void>;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Lays a line to the server at this address, on a free port of this machine. */
export async function layLine(to: string): Promise<Line> {
  const sockets = new Set<Socket>();
  const [toServer, fromServer] = [new Map<string, () => void>(), new Map<string, () => void>()];
  const server = createServer((near) => {
    const far = connect(Number(new URL(to).port), new URL(to).hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
    }
    near.on("data", (bytes) => hear(bytes, toServer));
    far.on("data", (bytes) => hear(bytes, fromServer));
    near.pipe(far).pipe(near);
  });
  const listen = async (port: number) => {
    await once(server.listen(port, "127.0.0.1"), "listening");
    return (server.address() as { port: number }).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    sent: (text) => new Promise((resolve) => toServer.set(text, resolve)),
    answered: (text) => new Promise((resolve) => fromServer.set(text, resolve)),
    async cut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      await listen(port);
    },
  };
}

function hear(bytes: Buffer, waiting: Map<string, () => void>): void {
  for (const [text, resolve] of waiting) if (bytes.includes(text)) resolve();
}
