import { deliveryStates } from "@waybill/db/words";
import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { findRuleId, getRuleInput } from "./read-rules.ts";
import type { Delivery } from "./rule.ts";

export const listDeliveriesInput = z.strictObject({
  ...pageInput,
  rule: getRuleInput.shape.rule.optional(),
  state: z.array(z.enum(deliveryStates)).optional(),
});

/** The log of deliveries, the newest first. Throws `notification_unknown`. */
export async function listDeliveries(
  ctx: Context,
  input: z.output<typeof listDeliveriesInput>,
): Promise<Page<Delivery>> {
  const after = readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const rule = input.rule === undefined ? null : await findRuleId(ctx, input.rule);
  const { rows } = await ctx.database.pool.query<DeliveryRow>(
    `select ${columns} where ($1::uuid is null or d.rule_id = $1) and ($2::text[] is null or d.state = any($2))
       and ($3::timestamptz is null or (d.created_at, d.id) < ($3, $4::uuid))
     order by d.created_at desc, d.id desc limit $5`,
    [rule, input.state ?? null, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toDelivery), input.limit, (delivery) => [delivery.createdAt, delivery.id]);
}

export const redeliverInput = z.strictObject({ delivery: z.uuid() });

/**
 * Has a delivery sent once more, whatever became of it, or at once where it waits to be tried again, by the next worker
 * that looks. It keeps the id by which its receiver knows it. Throws `delivery_unknown`, or `notification_paused` while its
 * rule sends nothing.
 */
export async function redeliver(ctx: Context, { delivery }: z.output<typeof redeliverInput>): Promise<Delivery> {
  const { rowCount } = await ctx.database.pool.query(
    `update waybill.deliveries d set state = 'pending', tries = 0, next_try_at = $2, leased_until = null, finished_at = null
     from waybill.notification_rules n where d.id = $1 and n.id = d.rule_id and n.paused_at is null`,
    [delivery, ctx.clock.now()],
  );
  const found = await getDelivery(ctx, delivery);
  if (rowCount === 1) return found;
  const message = `The rule ${JSON.stringify(found.rule.name)} is paused and sends nothing. Resume it, then send this again.`;
  throw new WaybillError("notification_paused", message);
}

async function getDelivery({ database }: Services, id: string): Promise<Delivery> {
  const { rows } = await database.pool.query<DeliveryRow>(`select ${columns} where d.id = $1`, [id]);
  if (rows[0]) return toDelivery(rows[0]);
  throw new WaybillError(
    "delivery_unknown",
    `There is no delivery ${JSON.stringify(id)}. List the deliveries to see them.`,
  );
}

const columns = `d.id, json_build_object('id', n.id, 'name', n.name) as rule, n.channel, d.event,
  d.message -> 'data' ->> 'summary' as summary, d.state, d.attempts, d.created_at as "createdAt",
  d.last_tried_at as "lastTriedAt", d.next_try_at as "nextTryAt", d.finished_at as "finishedAt",
  d.last_error as "lastError", d.response_status as "responseStatus", d.response_body as "responseBody"
  from waybill.deliveries d join waybill.notification_rules n on n.id = d.rule_id`;

type Times = "createdAt" | "lastTriedAt" | "nextTryAt" | "finishedAt";

type DeliveryRow = Omit<Delivery, Times> & { createdAt: Date } & Record<Exclude<Times, "createdAt">, Date | null>;

function toDelivery({ createdAt, lastTriedAt, nextTryAt, finishedAt, ...row }: DeliveryRow): Delivery {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    lastTriedAt: lastTriedAt?.toISOString() ?? null,
    nextTryAt: nextTryAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
