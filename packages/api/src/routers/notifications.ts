import { changeRuleInput, deleteRule, pauseRule, resumeRule } from "@waybill/core/notification/change-rule";
import { listDeliveries, listDeliveriesInput, redeliver, redeliverInput } from "@waybill/core/notification/deliveries";
import { getRule, getRuleInput, listRules, listRulesInput } from "@waybill/core/notification/read-rules";
import { saveRule, saveRuleInput } from "@waybill/core/notification/save-rule";
import { testRule, testRuleInput } from "@waybill/core/notification/test-rule";
import { procedure, router } from "../trpc.ts";

export const notificationsRouter = router({
  list: procedure.input(listRulesInput).query(({ ctx, input }) => listRules(ctx, input)),
  get: procedure.input(getRuleInput).query(({ ctx, input }) => getRule(ctx, input)),
  save: procedure.input(saveRuleInput).mutation(({ ctx, input }) => saveRule(ctx, input)),
  delete: procedure.input(changeRuleInput).mutation(({ ctx, input }) => deleteRule(ctx, input)),
  pause: procedure.input(changeRuleInput).mutation(({ ctx, input }) => pauseRule(ctx, input)),
  resume: procedure.input(changeRuleInput).mutation(({ ctx, input }) => resumeRule(ctx, input)),
  test: procedure.input(testRuleInput).mutation(({ ctx, input }) => testRule(ctx, input)),
  deliveries: procedure.input(listDeliveriesInput).query(({ ctx, input }) => listDeliveries(ctx, input)),
  redeliver: procedure.input(redeliverInput).mutation(({ ctx, input }) => redeliver(ctx, input)),
});
