import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { TcpProxy } from "./proxy.ts";
import { type CommitSide, Trap } from "./trap.ts";

const patienceMilliseconds = 10_000;
const commit = Buffer.from("Q\0\0\0\x0bcommit\0", "latin1");

test("passes bytes both ways, and tells what the client sends", async () => {
  const heard: string[] = [];
  const { client, said } = await openLine((bytes) => heard.push(bytes.toString()));
  client.write("hello");
  expect(await said(5)).toBe("hello");
  expect(heard.join("")).toBe("hello");
});

test("cuts every connection, and takes new ones", async () => {
  const { proxy, client, received } = await openLine();
  client.write("x");
  await once(client, "data");
  const closed = once(client, "close");
  expect(proxy.cutAll()).toBe(1);
  await closed;
  const again = connect(proxy.port, "127.0.0.1");
  again.write("y");
  await once(again, "data");
  again.destroy();
  expect(received()).toBe("xy");
});

test("cuts a connection right after a byte", async () => {
  const { proxy, client, received } = await openLine();
  const closed = once(client, "close");
  const cut = proxy.cutAfter(3, patienceMilliseconds);
  client.write("abcdef");
  expect(await cut).toBe(true);
  await closed;
  await expect.poll(received).toBe("abc");
});

test("cuts nothing where too few bytes come in time", async () => {
  const { proxy, client, said } = await openLine();
  const cut = proxy.cutAfter(3, 1);
  expect(await cut).toBe(false);
  client.write("abcdef");
  expect(await said(6)).toBe("abcdef");
});

test("holds everything back without closing anything, and passes it on later", async () => {
  const { proxy, client, said, received } = await openLine();
  client.write("a");
  expect(await said(1)).toBe("a");
  proxy.blackhole();
  client.write("b");
  const newcomer = connect(proxy.port, "127.0.0.1");
  await once(newcomer, "connect");
  newcomer.write("c");
  await roundTripElsewhere();
  expect(received()).toBe("a");
  expect([client.destroyed, newcomer.destroyed]).toEqual([false, false]);
  proxy.restore();
  expect(await said(2)).toBe("ab");
  await once(newcomer, "data");
  newcomer.destroy();
  expect(received().split("").sort().join("")).toBe("abc");
});

test.each<[CommitSide, string]>([
  ["before", "one"],
  ["after", `one${commit}`],
])("a trap springs %s a commit", async (side, expected) => {
  const { proxy, client, received } = await openLine();
  const sprung = Promise.withResolvers<void>();
  proxy.setTrap(
    new Trap(side, 1, () => {
      client.destroy();
      sprung.resolve();
    }),
  );
  client.write(Buffer.concat([Buffer.from("one"), commit]));
  await sprung.promise;
  await expect.poll(received).toBe(expected);
});

test("a trap for the second commit lets the first one pass", async () => {
  const { proxy, client, said } = await openLine();
  let sprung = 0;
  proxy.setTrap(new Trap("before", 2, () => (sprung += 1)));
  client.write(commit);
  expect(await said(commit.length)).toBe(commit.toString());
  expect(sprung).toBe(0);
  const closed = once(client, "close");
  client.write(commit);
  await closed;
  expect(sprung).toBe(1);
});

test("leads to another server from now on", async () => {
  const { proxy } = await openLine();
  const other = await openEcho();
  proxy.leadTo(other.port);
  const client = connect(proxy.port, "127.0.0.1");
  client.write("z");
  await once(client, "data");
  client.destroy();
  expect(other.received()).toBe("z");
});

/** A client that is connected to a server, which says back what it hears, through a proxy. */
async function openLine(listener?: (bytes: Buffer) => void) {
  const echo = await openEcho();
  const proxy = await TcpProxy.open(echo.port, listener);
  const client = connect(proxy.port, "127.0.0.1");
  client.on("error", () => undefined);
  let heard = "";
  client.on("data", (bytes: Buffer) => {
    heard += bytes.toString();
  });
  await once(client, "connect");
  onTestFinished(async () => {
    client.destroy();
    await proxy.close();
  });
  async function said(characters: number): Promise<string> {
    while (heard.length < characters) await once(client, "data");
    return heard;
  }
  return { proxy, client, said, received: echo.received };
}

async function openEcho() {
  let received = "";
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      received += bytes.toString();
      socket.write(bytes);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, received: () => received };
}

/** Long enough for bytes to have arrived, had they been passed on: others made the way and back. */
async function roundTripElsewhere(): Promise<void> {
  const { client, said } = await openLine();
  client.write("there and back");
  await said(14);
}
