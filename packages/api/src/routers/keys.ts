import { exportKey, exportKeyInput } from "@waybill/core/key/export-key";
import { generateKey, generateKeyInput } from "@waybill/core/key/generate-key";
import { importKey, importKeyInput } from "@waybill/core/key/import-key";
import { listKeys } from "@waybill/core/key/list-keys";
import { procedure, router } from "../trpc.ts";

export const keysRouter = router({
  list: procedure.query(({ ctx }) => listKeys(ctx)),
  export: procedure.input(exportKeyInput).query(({ ctx, input }) => exportKey(ctx, input)),
  import: procedure.input(importKeyInput).mutation(({ ctx, input }) => importKey(ctx, input)),
  generate: procedure.input(generateKeyInput).mutation(({ ctx, input }) => generateKey(ctx, input)),
});
