import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Link, type Passage } from "./link.ts";
import type { Trap } from "./trap.ts";

/** What a proxy tells of: bytes that a client sent, before they are passed on. */
export type Listener = (bytes: Buffer) => void;

/** Stands between one process and Postgres, and can make that line as bad as lines get. */
export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  #target: number;
  readonly #links = new Set<Link>();
  readonly #listener: Listener;
  #held = false;
  #cut: { bytesLeft: number; done(): void } | null = null;
  #trap: Trap | null = null;

  private constructor(server: Server, target: number, listener: Listener) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.#target = target;
    this.#listener = listener;
    server.on("connection", (client) => this.#accept(client));
  }

  /** Opens a proxy on a free port of this machine, before the Postgres on port `target`. */
  static async open(target: number, listener: Listener = () => undefined): Promise<TcpProxy> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new TcpProxy(server, target, listener);
  }

  /** Where connections that are made from now on lead. */
  leadTo(port: number): void {
    this.#target = port;
  }

  /** Cuts every connection, and gives how many there were. */
  cutAll(): number {
    const cut = this.#links.size;
    for (const link of this.#links) link.cut();
    return cut;
  }

  /**
   * Cuts the one connection that carries the byte which is so many bytes ahead, right after that byte. Gives whether it
   * came to that in time; if not, nothing is cut.
   */
  async cutAfter(bytes: number, millisecondsMax: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#cut = { bytesLeft: bytes, done: () => resolve(true) };
    const impatience = setTimeout(() => resolve(false), millisecondsMax);
    const done = await promise;
    clearTimeout(impatience);
    this.#cut = null;
    return done;
  }

  /** Springs once, at a commit that the client sends; null takes the trap away. */
  setTrap(trap: Trap | null): void {
    this.#trap = trap;
  }

  /** Passes nothing on any more, in either direction, and closes nothing. */
  blackhole(): void {
    this.#held = true;
    for (const link of this.#links) link.hold();
  }

  /** Passes on everything again, what was held back first. */
  restore(): void {
    this.#held = false;
    for (const link of this.#links) link.release();
  }

  async close(): Promise<void> {
    this.cutAll();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    const link = new Link(client, this.#target, {
      sent: (bytes) => this.#pass(bytes, true),
      received: (bytes) => this.#pass(bytes, false),
      closed: () => this.#links.delete(link),
    });
    this.#links.add(link);
    if (this.#held) link.hold();
  }

  #pass(bytes: Buffer, fromClient: boolean): Passage {
    if (fromClient) {
      this.#listener(bytes);
      const sprung = this.#trap?.meet(bytes);
      if (sprung) {
        this.#trap = null;
        return sprung;
      }
    }
    if (!this.#cut) return { pass: bytes.length, cut: false };
    const { bytesLeft, done } = this.#cut;
    if (bytesLeft > bytes.length) {
      this.#cut.bytesLeft -= bytes.length;
      return { pass: bytes.length, cut: false };
    }
    this.#cut = null;
    return { pass: bytesLeft, cut: true, after: done };
  }
}
