import { expect, test } from "vitest";
import { confirmDelete } from "./confirm-delete.ts";
import { CliFailure } from "./failure.ts";
import type { Session } from "./session.ts";

const session = { interactive: false, connection: { url: "http://127.0.0.1:1" } } as Session;
const there = async () => ({ deleted: false });
const lost = () => Promise.reject(new CliFailure("unreachable", "The server is not there."));

test("where nobody knows what needs it nothing is deleted, unless that is asked for", async () => {
  const nightly = { thing: "set nightly", read: there, readDependents: lost };
  await expect(confirmDelete(session, nightly, false)).rejects.toMatchObject({
    code: "unreachable",
    message:
      "The server is not there. Nothing was deleted, since what needs the set nightly could not be found out. Try again, or add --yes.",
  });
  await expect(confirmDelete(session, nightly, true)).resolves.toBeUndefined();
});

test("what needs it is told with the question", async () => {
  const readDependents = async () => ({ message: "It is run by the schedule Nights." });
  await expect(
    confirmDelete(session, { thing: "set nightly", read: there, readDependents }, undefined),
  ).rejects.toMatchObject({
    message: "It is run by the schedule Nights. Delete the set nightly? Add --yes to say so.",
  });
});
