import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { listRuns, listRunsInput } from "../run/list-runs.ts";
import { getRun } from "../run/read-run.ts";
import { applyNightly, endOfSet, keepPeople, nightlySet, nightlySteps, statusesOf } from "../testing/nightly-set.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { advanceSetRun } from "./advance-set-run.ts";
import { applySet } from "./apply-set.ts";
import { cancelSetRun } from "./cancel-set-run.ts";
import { getSetRun, listSetRuns, listSetRunsInput } from "./read-set-run.ts";
import { getSet, listSets, listSetsInput } from "./read-sets.ts";
import { resumeSetRun, resumeSetRunInput } from "./resume-set-run.ts";
import { startSet, startSetInput } from "./start-set.ts";

test("the steps of a set run one after the other, each as a run of its own", async () => {
  const ctx = await openTestWaybill();
  await applyNightly(ctx);
  const ended = await endOfSet(ctx, (await start(ctx, { sourceFile: await keepPeople(ctx) })).id);
  expect(ended).toMatchObject({ status: "completed", set: "nightly", version: 1, startedBy: "Local administrator" });
  expect(ended.steps.map((step) => [step.key, step.status, step.counts])).toEqual(
    nightlySteps.map((key) => [key, "completed", { read: 3, rejected: 0 }]),
  );
  const runs = await Promise.all(ended.steps.map(({ run }) => getRun(ctx, { run: run?.id ?? "" })));
  expect(runs.map((run) => [run.integration, run.trigger])).toEqual(nightlySteps.map((key) => [key, "set"]));
  expect(runs.map(({ setRun }) => setRun)).toEqual(
    nightlySteps.map((step) => ({ id: ended.id, name: ended.name, step })),
  );
  const times = runs.flatMap((run) => [run.createdAt, run.finishedAt ?? ""]);
  expect(times).toEqual(times.toSorted());
});

test("a step that is not Completed aborts the set; resumed, it does not repeat what was done", async () => {
  const ctx = await openTestWaybill();
  await applyNightly(ctx);
  const third = { third: { sourceFile: await keepPeople(ctx, { faulty: true }) } };
  const stopped = await endOfSet(ctx, (await start(ctx, { sourceFile: await keepPeople(ctx), steps: third })).id);
  expect([stopped.status, statusesOf(stopped)]).toEqual([
    "failed",
    ["completed", "completed", "completed_with_errors", "skipped"],
  ]);
  expect(stopped.steps[3]).toMatchObject({
    run: null,
    note: { message: "Step 3 (third) ended Completed with Errors, and the set aborts on failure." },
  });

  const mended = { third: { sourceFile: await keepPeople(ctx, { count: 5 }) } };
  const resumed = await endOfSet(ctx, (await resume(ctx, { setRun: stopped.id, steps: mended })).id);
  expect([resumed.status, statusesOf(resumed)]).toEqual(["completed", Array(4).fill("completed")]);
  expect(resumed.fromSetRun?.id).toBe(stopped.id);
  expect(resumed.steps.slice(0, 2).map(({ run }) => run)).toEqual(stopped.steps.slice(0, 2).map(({ run }) => run));
  expect(resumed.steps[2]?.counts).toEqual({ read: 5, rejected: 0 });
  const { items } = await listRuns(ctx, listRunsInput.parse({}));
  expect(items.map((run) => run.integration).toSorted()).toEqual(["first", "fourth", "second", "third", "third"]);
  await expect(resume(ctx, { setRun: stopped.id })).rejects.toMatchObject({
    code: "set_resume_refused",
    message: expect.stringContaining(resumed.name),
  });
  await expect(resume(ctx, { setRun: resumed.id })).rejects.toMatchObject({ code: "set_resume_refused" });
});

test("a failed step may be passed over, which the end tells", async () => {
  const ctx = await openTestWaybill();
  await applyNightly(ctx);
  const second = { second: { sourceFile: await keepPeople(ctx, { faulty: true }) } };
  const stopped = await endOfSet(ctx, (await start(ctx, { sourceFile: await keepPeople(ctx), steps: second })).id);
  const resumed = await endOfSet(ctx, (await resume(ctx, { setRun: stopped.id, after: true })).id);
  expect([resumed.status, statusesOf(resumed)]).toEqual([
    "completed_with_errors",
    ["completed", "skipped", "completed", "completed"],
  ]);
});

test("what was Completed after the failed step runs again only where somebody asked for it", async () => {
  const ctx = await openTestWaybill();
  await applyNightly(ctx, nightlySet({ extra: "abortOnFailure: false" }));
  const third = { third: { sourceFile: await keepPeople(ctx, { faulty: true }) } };
  const ended = await endOfSet(ctx, (await start(ctx, { sourceFile: await keepPeople(ctx), steps: third })).id);
  const mended = { setRun: ended.id, steps: { third: { sourceFile: await keepPeople(ctx) } } };
  await expect(resume(ctx, mended)).rejects.toMatchObject({
    code: "set_resume_refused",
    message: expect.stringMatching(/^Step 4 \(fourth\) was Completed and runs again\./),
  });
  await expect(resume(ctx, { setRun: ended.id, after: true })).rejects.toMatchObject({ code: "set_resume_refused" });
  const resumed = await endOfSet(ctx, (await resume(ctx, { ...mended, repeatCompleted: true })).id);
  expect([resumed.status, statusesOf(resumed)]).toEqual(["completed", Array(4).fill("completed")]);
  const { items } = await listRuns(ctx, listRunsInput.parse({}));
  const repeated = ["first", "fourth", "fourth", "second", "third", "third"];
  expect(items.map((run) => run.integration).toSorted()).toEqual(repeated);
});

test("passing a failed step over goes on at the next one that is not Completed", async () => {
  const ctx = await openTestWaybill();
  await applyNightly(ctx, nightlySet({ extra: "abortOnFailure: false" }));
  const faulty = { sourceFile: await keepPeople(ctx, { faulty: true }) };
  const sourceFile = await keepPeople(ctx);
  const ended = await endOfSet(ctx, (await start(ctx, { sourceFile, steps: { first: faulty, third: faulty } })).id);
  const mended = { setRun: ended.id, after: true, steps: { third: { sourceFile } } };
  await expect(resume(ctx, mended)).rejects.toMatchObject({ message: expect.stringContaining("Step 4 (fourth)") });
  const resumed = await endOfSet(ctx, (await resume(ctx, { ...mended, repeatCompleted: true })).id);
  expect(statusesOf(resumed)).toEqual(["skipped", "completed", "completed", "completed"]);
  expect(resumed.steps.map(({ run }, at) => run?.id === ended.steps[at]?.run?.id)).toEqual([false, true, false, false]);
});

test("a set, or a step, may go on after a failure", async () => {
  const ctx = await openTestWaybill();
  await applyNightly(ctx, nightlySet({ extra: "abortOnFailure: false", ofStep: { third: "abortOnFailure: true" } }));
  const faulty = { sourceFile: await keepPeople(ctx, { faulty: true }) };
  const sourceFile = await keepPeople(ctx);
  const one = await endOfSet(ctx, (await start(ctx, { sourceFile, steps: { second: faulty } })).id);
  expect([one.status, statusesOf(one)]).toEqual([
    "completed_with_errors",
    ["completed", "completed_with_errors", "completed", "completed"],
  ]);
  const two = await endOfSet(ctx, (await start(ctx, { sourceFile, steps: { third: faulty } })).id);
  expect([two.status, statusesOf(two).at(-1)]).toEqual(["failed", "skipped"]);
});

test("a set run that is cancelled cancels the run of its step and skips the others; it can be resumed", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const { id } = await start(ctx, { sourceFile: await keepPeople(ctx) });
  const cancelled = await cancelSetRun(ctx, { setRun: id });
  expect([cancelled.status, statusesOf(cancelled)]).toEqual([
    "cancelled",
    ["cancelled", "skipped", "skipped", "skipped"],
  ]);
  expect(cancelled.steps[1]?.note?.message).toBe("Local administrator cancelled the set run before it.");
  await expect(cancelSetRun(ctx, { setRun: id })).rejects.toMatchObject({ code: "set_run_already_final" });
  const resumed = await resume(ctx, { setRun: id });
  expect(statusesOf(resumed)).toEqual(["in_progress", "waiting", "waiting", "waiting"]);
  await expect(resume(ctx, { setRun: resumed.id })).rejects.toMatchObject({ code: "set_run_not_final" });
});

test("of two who resume one set run at once, one does and the other is told", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const { id } = await start(ctx, { sourceFile: await keepPeople(ctx) });
  await cancelSetRun(ctx, { setRun: id });
  const both = await Promise.allSettled([resume(ctx, { setRun: id }), resume(ctx, { setRun: id })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "set_resume_refused" } });
});

test("a set with a step that could not start does not start, and the step is named", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const sourceFile = await keepPeople(ctx);
  await expect(start(ctx, {})).rejects.toMatchObject({ code: "source_file_missing", details: { step: "first" } });
  await expect(start(ctx, { sourceFile, steps: { fifth: {} } })).rejects.toMatchObject({ code: "step_unknown" });
  await deleteIntegration(ctx, { key: "third" });
  await expect(start(ctx, { sourceFile })).rejects.toMatchObject({
    code: "integration_deleted",
    message: expect.stringMatching(/^Step 3 \(third\): The integration "third" has been deleted\./),
  });
  const { items } = await listSets(ctx, listSetsInput.parse({}));
  expect(items.map((set) => set.deletedIntegrations)).toEqual([["third"]]);
  expect((await getSet(ctx, { key: "nightly" })).deletedIntegrations).toEqual(["third"]);
  await expect(applySet(ctx, { yaml: nightlySet() })).rejects.toMatchObject({
    details: { faults: [{ path: "steps[2].integration", message: expect.stringContaining("has been deleted.") }] },
  });
  expect((await listSetRuns(ctx, listSetRunsInput.parse({}))).items).toEqual([]);
});

test("a step whose integration is deleted meanwhile fails with that reason", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx, nightlySet({ ofStep: { first: "abortOnFailure: false" } }));
  const { id } = await start(ctx, { sourceFile: await keepPeople(ctx) });
  await deleteIntegration(ctx, { key: "second" });
  const cancelled = await cancelRunOf(ctx, id);
  expect(cancelled).toMatchObject({
    status: "failed",
    steps: [{}, { status: "failed", note: { code: "integration_deleted" } }, {}, {}],
  });
});

test("values are given once for the set, and its steps take them", async () => {
  const ctx = await openTestWaybill();
  const parameters = "[{ key: day, type: date, required: true }, { key: word, type: secret }]";
  const fields = "[{ name: id, type: text, required: true }, { name: day, type: date, value: { parameter: day } }]";
  for (const key of nightlySteps) await applyIntegration(ctx, { yaml: testDefinition({ key, fields, parameters }) });
  const extra = `parameters: [{ key: payDay, type: date, required: true }, { key: word, type: secret }]`;
  const taken = "parameters: { day: { parameter: payDay }, word: { parameter: word } }";
  const ofStep = Object.fromEntries(
    nightlySteps.map((key) => [key, key === "fourth" ? "parameters: { day: 2026-01-31 }" : taken]),
  );
  await applySet(ctx, { yaml: nightlySet({ extra, ofStep }) });
  const sourceFile = await keepPeople(ctx);
  await expect(start(ctx, { sourceFile })).rejects.toMatchObject({ code: "parameter_missing" });
  const given = { payDay: "2026-02-28", word: "hush" };
  const ended = await endOfSet(ctx, (await start(ctx, { sourceFile, parameters: given })).id);
  expect(ended).toMatchObject({ status: "completed", parameters: { payDay: "2026-02-28", word: "********" } });
  const runs = await Promise.all(ended.steps.map(({ run }) => getRun(ctx, { run: run?.id ?? "" })));
  expect(runs.map((run) => run.parameters.day)).toEqual(["2026-02-28", "2026-02-28", "2026-02-28", "2026-01-31"]);
});

test("the same request with the same key is the same set run", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const asked = { sourceFile: await keepPeople(ctx), idempotencyKey: "tonight" };
  const [one, other] = await Promise.all([start(ctx, asked), start(ctx, asked)]);
  expect(one.id).toBe(other.id);
  await expect(start(ctx, { ...asked, name: "Other" })).rejects.toMatchObject({ code: "idempotency_key_reused" });
});

async function start(ctx: Context, asked: object) {
  return await startSet(ctx, startSetInput.parse({ set: "nightly", ...asked }));
}

async function resume(ctx: Context, asked: object) {
  return await resumeSetRun(ctx, resumeSetRunInput.parse(asked));
}

/** Cancels the run of the first step alone, and gives the set run once it was moved on. */
async function cancelRunOf(ctx: Context, setRun: string) {
  const { steps } = await getSetRun(ctx, { setRun });
  await cancelRun(ctx, { run: steps[0]?.run?.id ?? "" });
  await advanceSetRun(ctx, setRun);
  return await getSetRun(ctx, { setRun });
}
