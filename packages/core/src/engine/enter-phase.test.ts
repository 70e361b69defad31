import { expect, test } from "vitest";
import { cancelRun } from "../run/cancel-run.ts";
import { getRun } from "../run/read-run.ts";
import { startFile, told } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { claimRun } from "./claim-run.ts";
import { enterPhase } from "./enter-phase.ts";
import { readTask } from "./read-task.ts";
import { RunCancelled } from "./run-task.ts";

test("what a phase found is kept where the run is cancelled before the next one", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const id = await startFile(ctx, testDefinition(), { content: "id\n1\n" });
  const claim = await claimRun(ctx, id);
  if (claim.kind !== "taken") throw new Error(claim.kind);
  const task = await readTask(ctx, claim.run, new AbortController().signal);
  await enterPhase(ctx, task, "opening");
  await cancelRun(ctx, { run: id });
  const found = {
    source: { layers: ["csv" as const], bytes: 5, signedBy: null },
    log: [{ code: "opened", message: "Opened it." }],
  };
  await expect(enterPhase(ctx, task, "checking", { found })).rejects.toThrow(RunCancelled);
  expect(await getRun(ctx, { run: id })).toMatchObject({ phase: "opening", files: [{ layers: ["csv"] }] });
  expect(await told(ctx, id)).toContain("Opened it.");
});
