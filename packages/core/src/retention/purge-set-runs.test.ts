import { expect, test } from "vitest";
import { applySet, deleteSet } from "../set/apply-set.ts";
import { cancelSetRun } from "../set/cancel-set-run.ts";
import { listSetRuns, listSetRunsInput } from "../set/read-set-run.ts";
import { resumeSetRun, resumeSetRunInput } from "../set/resume-set-run.ts";
import { startSet, startSetInput } from "../set/start-set.ts";
import { getFile } from "../stored-file/read-file.ts";
import { applyNightly, keepPeople, nightlySet } from "../testing/nightly-set.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { purgeOnce } from "./purge-once.ts";

const keep = { runsDays: 30, filesDays: 30, rejectedDays: null, logsDays: null };

test("a set run goes once it is old, one that is resumed only with the other; files that a set names stay", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const sourceFile = await keepPeople(ctx);
  const named = await keepPeople(ctx);
  await applySet(ctx, { yaml: nightlySet({ ofStep: { second: `sourceFile: ${named}` } }) });
  const { id } = await startSet(ctx, startSetInput.parse({ set: "nightly", sourceFile }));
  await cancelSetRun(ctx, { setRun: id });
  ctx.clock.set("2026-12-20T09:30:00.000Z");
  const resumed = await resumeSetRun(ctx, resumeSetRunInput.parse({ setRun: id }));
  await cancelSetRun(ctx, { setRun: resumed.id });
  ctx.clock.set("2027-01-10T09:30:00.000Z");
  await purgeOnce(ctx, keep);
  expect((await listSetRuns(ctx, listSetRunsInput.parse({}))).items).toHaveLength(2);
  ctx.clock.set("2027-01-24T09:30:00.000Z");
  expect(await purgeOnce(ctx, keep)).toMatchObject({ setRuns: 2, files: 1 });
  expect((await listSetRuns(ctx, listSetRunsInput.parse({}))).items).toEqual([]);
  expect(await getFile(ctx, { file: named })).toMatchObject({ id: named });
  await deleteSet(ctx, { key: "nightly" });
  expect(await purgeOnce(ctx, keep)).toMatchObject({ files: 1 });
});
