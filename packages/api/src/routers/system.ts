import { makeSignInLink } from "@waybill/core/access/sign-in";
import { version } from "@waybill/core/version";
import { procedure, router } from "../trpc.ts";

export const systemRouter = router({
  info: procedure.query(({ ctx }) => ({ version, actor: ctx.actor, limits: ctx.fileLimits, timeZone: ctx.timeZone })),
  makeSignInLink: procedure.mutation(async ({ ctx }) => ({ path: `/sign-in?link=${await makeSignInLink(ctx)}` })),
});
