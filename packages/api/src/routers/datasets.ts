import { listDatasets, listRows, listRowsInput } from "@waybill/core/dataset/read-dataset";
import { procedure, router } from "../trpc.ts";

export const datasetsRouter = router({
  list: procedure.query(({ ctx }) => listDatasets(ctx)),
  rows: procedure.input(listRowsInput).query(({ ctx, input }) => listRows(ctx, input)),
});
