import { listRejected, listRejectedInput } from "@waybill/core/rejected/list-rejected";
import { cancelRun, cancelRunInput } from "@waybill/core/run/cancel-run";
import { listRuns, listRunsInput } from "@waybill/core/run/list-runs";
import { getRun, getRunInput } from "@waybill/core/run/read-run";
import { rerun, rerunInput } from "@waybill/core/run/rerun";
import { listRunLog, listRunLogInput } from "@waybill/core/run/run-log";
import { startRun, startRunInput } from "@waybill/core/run/start-run";
import { followRuns, watchRun } from "@waybill/core/run/watch-run";
import { procedure, router } from "../trpc.ts";

export const runsRouter = router({
  start: procedure.input(startRunInput).mutation(({ ctx, input }) => startRun(ctx, input)),
  list: procedure.input(listRunsInput).query(({ ctx, input }) => listRuns(ctx, input)),
  get: procedure.input(getRunInput).query(({ ctx, input }) => getRun(ctx, input)),
  issues: procedure.input(listRejectedInput).query(({ ctx, input }) => listRejected(ctx, input)),
  log: procedure.input(listRunLogInput).query(({ ctx, input }) => listRunLog(ctx, input)),
  cancel: procedure.input(cancelRunInput).mutation(({ ctx, input }) => cancelRun(ctx, input)),
  rerun: procedure.input(rerunInput).mutation(({ ctx, input }) => rerun(ctx, input)),
  watch: procedure.input(getRunInput).subscription(({ ctx, input, signal }) => watchRun(ctx, input, signal)),
  changes: procedure.subscription(({ ctx, signal }) => followRuns(ctx, signal)),
});
