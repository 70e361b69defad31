import { dependentsInput, readSetDependents } from "@waybill/core/schedule/read-dependents";
import { applySet, applySetInput, deleteSet, deleteSetInput } from "@waybill/core/set/apply-set";
import { cancelSetRun, cancelSetRunInput } from "@waybill/core/set/cancel-set-run";
import { getSetRun, getSetRunInput, listSetRuns, listSetRunsInput } from "@waybill/core/set/read-set-run";
import { getSet, getSetInput, listSets, listSetsInput } from "@waybill/core/set/read-sets";
import { resumeSetRun, resumeSetRunInput } from "@waybill/core/set/resume-set-run";
import { startSet, startSetInput } from "@waybill/core/set/start-set";
import { watchSetRun } from "@waybill/core/set/watch-set-run";
import { procedure, router } from "../trpc.ts";

const setRunsRouter = router({
  list: procedure.input(listSetRunsInput).query(({ ctx, input }) => listSetRuns(ctx, input)),
  get: procedure.input(getSetRunInput).query(({ ctx, input }) => getSetRun(ctx, input)),
  cancel: procedure.input(cancelSetRunInput).mutation(({ ctx, input }) => cancelSetRun(ctx, input)),
  resume: procedure.input(resumeSetRunInput).mutation(({ ctx, input }) => resumeSetRun(ctx, input)),
  watch: procedure.input(getSetRunInput).subscription(({ ctx, input, signal }) => watchSetRun(ctx, input, signal)),
});

export const setsRouter = router({
  list: procedure.input(listSetsInput).query(({ ctx, input }) => listSets(ctx, input)),
  get: procedure.input(getSetInput).query(({ ctx, input }) => getSet(ctx, input)),
  applyDefinition: procedure.input(applySetInput).mutation(({ ctx, input }) => applySet(ctx, input)),
  dependents: procedure.input(dependentsInput).query(({ ctx, input }) => readSetDependents(ctx, input)),
  delete: procedure.input(deleteSetInput).mutation(({ ctx, input }) => deleteSet(ctx, input)),
  start: procedure.input(startSetInput).mutation(({ ctx, input }) => startSet(ctx, input)),
  runs: setRunsRouter,
});
