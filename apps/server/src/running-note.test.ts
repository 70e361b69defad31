import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { readRunningNote, writeRunningNote } from "./running-note.ts";
import { startTestServer } from "./testing/test-server.ts";

const killed = { pid: 999_999, instance: "of-the-server-that-was-killed" };

test("another program on the port of a server that was killed is not taken for it", async () => {
  const home = await makeHome();
  for (const body of ["fine", '{"status":"ok"}', '{"status":"ok","instance":"another"}']) {
    await writeRunningNote(home, { ...killed, url: await otherProgram((_, answer) => answer.end(body)) });
    expect(await readRunningNote(home)).toBeNull();
  }
});

test("a program that takes the call and never answers is given up", async () => {
  const home = await makeHome();
  await writeRunningNote(home, { ...killed, url: await otherProgram(() => undefined) });
  expect(await readRunningNote(home)).toBeNull();
});

test("another Waybill on the port is not taken for the one that was killed", async () => {
  const other = await startTestServer(inject("postgres"));
  onTestFinished(() => other.close());
  const home = await makeHome();
  await writeRunningNote(home, { ...killed, url: other.url });
  expect(await readRunningNote(home)).toBeNull();
  expect(await readRunningNote(other.home)).toMatchObject({ url: other.url, pid: process.pid });
});

async function makeHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "waybill-note-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function otherProgram(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
