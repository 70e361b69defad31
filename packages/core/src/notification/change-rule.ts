import type { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { findRuleId, getRule, getRuleInput } from "./read-rules.ts";
import type { NotificationRule } from "./rule.ts";

export const changeRuleInput = getRuleInput;
type ChangeRuleInput = z.output<typeof changeRuleInput>;

/** Keeps a rule from telling anything; what is still to be sent waits. Throws `notification_unknown` or `notification_paused`. */
export async function pauseRule(ctx: Context, input: ChangeRuleInput): Promise<NotificationRule> {
  return await change(ctx, input, {
    sql: "paused_at = $2, paused_by = $3 where id = $1 and paused_at is null",
    values: [ctx.clock.now(), ctx.actor.id],
    refusal: "The notification rule is paused already.",
  });
}

/** Lets a rule tell what happens from now on. Throws `notification_unknown` or `notification_paused`. */
export async function resumeRule(ctx: Context, input: ChangeRuleInput): Promise<NotificationRule> {
  return await change(ctx, input, {
    sql: "paused_at = null, paused_by = null, since = $2 where id = $1 and paused_at is not null",
    values: [ctx.clock.now()],
    refusal: "The notification rule is not paused.",
  });
}

interface Change {
  sql: string;
  values: unknown[];
  refusal: string;
}

async function change(
  ctx: Context,
  { rule }: ChangeRuleInput,
  { sql, values, refusal }: Change,
): Promise<NotificationRule> {
  const id = await findRuleId(ctx, rule);
  const { rowCount } = await ctx.database.pool.query(`update waybill.notification_rules set ${sql}`, [id, ...values]);
  if (rowCount === 0) throw new WaybillError("notification_paused", refusal);
  return await getRule(ctx, { rule: id });
}

/** Takes a rule away, with the log of its deliveries. Throws `notification_unknown`. */
export async function deleteRule(ctx: Context, input: ChangeRuleInput): Promise<{ id: string; name: string }> {
  const { id, name } = await getRule(ctx, input);
  await ctx.database.pool.query("delete from waybill.notification_rules where id = $1", [id]);
  return { id, name };
}
