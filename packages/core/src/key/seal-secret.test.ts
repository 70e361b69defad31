import { expect, test } from "vitest";
import { openSecret, sealSecret } from "./seal-secret.ts";

test("a sealed secret opens with its key alone, and only unchanged", () => {
  const key = Buffer.alloc(32, 1);
  const sealed = Buffer.from(sealSecret(key, Buffer.from("hush")));
  expect(Buffer.from(openSecret(key, sealed)).toString()).toBe("hush");
  expect(() => openSecret(Buffer.alloc(32, 2), sealed)).toThrow();
  sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
  expect(() => openSecret(key, sealed)).toThrow();
});
