import { listWorkers } from "@waybill/core/worker/list-workers";
import { procedure, router } from "../trpc.ts";

export const workersRouter = router({
  list: procedure.query(({ ctx }) => listWorkers(ctx)),
});
