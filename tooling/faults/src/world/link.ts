import { connect, type Socket } from "node:net";

/** What is to become of bytes on their way: how many pass, whether the line is cut then, and what happens after. */
export interface Passage {
  pass: number;
  cut: boolean;
  after?: () => void;
}

/** Who decides about the bytes of a link, in each direction, and hears of its end. */
export interface LinkOwner {
  sent(bytes: Buffer): Passage;
  received(bytes: Buffer): Passage;
  closed(): void;
}

/** One connection through a proxy: a client's side, a server's side, and the bytes between them. */
export class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  #held = false;

  constructor(client: Socket, serverPort: number, owner: LinkOwner) {
    this.#client = client;
    this.#server = connect({ port: serverPort, host: "127.0.0.1", noDelay: true });
    client.setNoDelay(true);
    this.#join(client, this.#server, owner.sent);
    this.#join(this.#server, client, owner.received);
    this.#server.once("close", owner.closed);
  }

  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  /** Leaves what comes where it is, and keeps both sides open. */
  hold(): void {
    this.#held = true;
    this.#client.pause();
    this.#server.pause();
  }

  release(): void {
    this.#held = false;
    this.#client.resume();
    this.#server.resume();
  }

  #join(from: Socket, to: Socket, decide: (bytes: Buffer) => Passage): void {
    from.on("data", (bytes) => this.#carry(from, to, bytes, decide(bytes)));
    from.on("error", () => this.cut());
    from.on("end", () => to.end());
    from.on("close", () => this.cut());
  }

  #carry(from: Socket, to: Socket, bytes: Buffer, { pass, cut, after }: Passage): void {
    const flows = to.write(bytes.subarray(0, pass), () => {
      if (cut) this.cut();
      after?.();
    });
    if (cut) from.pause();
    if (flows || cut) return;
    from.pause();
    to.once("drain", () => {
      if (!this.#held) from.resume();
    });
  }
}
