import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { findRuleId, getRuleInput, ruleUnknown } from "./read-rules.ts";
import { type Answer, type Receiver, send } from "./send.ts";
import { writeTestMessage } from "./write-message.ts";

export const testRuleInput = getRuleInput;

/**
 * Sends a test message at once, once, also for a rule that is paused, and gives what the other side said to it. It stands
 * in no log. Throws `notification_unknown`.
 */
export async function testRule(ctx: Context, input: z.output<typeof testRuleInput>): Promise<Answer> {
  const id = await findRuleId(ctx, input.rule);
  const { rows } = await ctx.database.pool.query<Receiver & { name: string }>(
    `select name, channel, url, sealed_secret as "sealedSecret", addresses from waybill.notification_rules where id = $1`,
    [id],
  );
  if (!rows[0]) throw ruleUnknown(input.rule);
  const { name, ...receiver } = rows[0];
  return await send(ctx, receiver, { id: `msg_${randomUUID()}`, message: writeTestMessage(name, ctx.clock.now()) });
}
