import type { z } from "zod";
import type { Context } from "../context.ts";
import { type Pausable, pauseOne, resumeOne } from "../pausing.ts";
import { findRuleId, getRule, getRuleInput } from "./read-rules.ts";
import type { NotificationRule } from "./rule.ts";

export const changeRuleInput = getRuleInput;
type ChangeRuleInput = z.output<typeof changeRuleInput>;

/**
 * Keeps a rule from telling anything; what is still to be sent waits, as long as what was sent is kept. Throws `notification_unknown` or
 * `notification_paused`.
 */
export async function pauseRule(ctx: Context, input: ChangeRuleInput): Promise<NotificationRule> {
  const id = await findRuleId(ctx, input.rule);
  await pauseOne(ctx, pausable, id);
  return await getRule(ctx, { rule: id });
}

/** Lets a rule tell what happens from now on. Throws `notification_unknown` or `notification_paused`. */
export async function resumeRule(ctx: Context, input: ChangeRuleInput): Promise<NotificationRule> {
  const id = await findRuleId(ctx, input.rule);
  await resumeOne(ctx, pausable, id, { since: ctx.clock.now() });
  return await getRule(ctx, { rule: id });
}

const pausable: Pausable = { table: "notification_rules", what: "notification rule", code: "notification_paused" };

/** Takes a rule away, with the log of its deliveries. Throws `notification_unknown`. */
export async function deleteRule(ctx: Context, input: ChangeRuleInput): Promise<{ id: string; name: string }> {
  const { id, name } = await getRule(ctx, input);
  await ctx.database.pool.query("delete from waybill.notification_rules where id = $1", [id]);
  return { id, name };
}
