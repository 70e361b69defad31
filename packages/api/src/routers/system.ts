import { version } from "@waybill/core/version";
import { procedure, router } from "../trpc.ts";

export const systemRouter = router({
  info: procedure.query(({ ctx }) => ({ version, actor: ctx.actor, limits: ctx.fileLimits, timeZone: ctx.timeZone })),
});
