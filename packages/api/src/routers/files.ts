import { getFile, getFileInput, listFiles, listFilesInput } from "@waybill/core/stored-file/read-file";
import { procedure, router } from "../trpc.ts";

export const filesRouter = router({
  get: procedure.input(getFileInput).query(({ ctx, input }) => getFile(ctx, input)),
  list: procedure.input(listFilesInput).query(({ ctx, input }) => listFiles(ctx, input)),
});
