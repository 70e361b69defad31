import { expect, test } from "vitest";
import { oneMessage } from "./armour.ts";

const message = "\n-----BEGIN PGP MESSAGE-----\n\nwcBMA5==\n=AbCd\n-----END PGP MESSAGE-----";

test.each(["", "\n", "\r\n \t\n"])("a message with %j after its end passes, however it is cut", async (rest) => {
  for (let size = 1; size < 60; size++) expect(await pass(message + rest, size)).toBe(message + rest);
});

test.each([
  ["text", `${message}\nx`],
  ["text after many spaces", `${message}${" ".repeat(100)}x`],
  ["another message", message + message],
  ["a message within it", message.replace("=AbCd", "-----BEGIN PGP MESSAGE-----")],
  ["another end", message.replace("END PGP MESSAGE", "END PGP SIGNATURE")],
])("%s after its end is a fault, however it is cut", async (_, text) => {
  for (let size = 1; size < 60; size++) await expect(pass(text, size)).rejects.toThrow("fault");
});

async function pass(text: string, size: number): Promise<string> {
  let passed = "";
  for await (const chunk of oneMessage(cut(text, size), () => new Error("fault"))) passed += chunk;
  return passed;
}

async function* cut(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
