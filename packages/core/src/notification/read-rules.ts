import { z } from "zod";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { NotificationRule, NotificationTarget } from "./rule.ts";

export const getRuleInput = z.strictObject({ rule: z.string().min(1).max(300) });

/** A rule, found by its id or its name. Throws `notification_unknown`. */
export async function getRule(services: Services, input: z.output<typeof getRuleInput>): Promise<NotificationRule> {
  const id = await findRuleId(services, input.rule);
  const { rows } = await services.database.pool.query<RuleRow>(`select ${columns} ${tables} where n.id = $1`, [id]);
  if (!rows[0]) throw ruleUnknown(input.rule);
  return toRule(rows[0]);
}

/** The id of the rule that has this id, or else this name. Throws `notification_unknown`. */
export async function findRuleId({ database }: Services, rule: string): Promise<string> {
  const id = z.uuid().safeParse(rule).success ? rule : null;
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from waybill.notification_rules where id = $1 or name = $2 order by id = $1 desc nulls last limit 1",
    [id, rule],
  );
  if (!rows[0]) throw ruleUnknown(rule);
  return rows[0].id;
}

export const listRulesInput = z.strictObject({ ...pageInput });

/** Rules by name. */
export async function listRules(ctx: Context, input: z.output<typeof listRulesInput>): Promise<Page<NotificationRule>> {
  const after = readCursor(input.cursor, z.tuple([z.string()]));
  const { rows } = await ctx.database.pool.query<RuleRow>(
    `select ${columns} ${tables} where ($1::text is null or n.name > $1) order by n.name limit $2`,
    [after?.[0] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toRule), input.limit, (rule) => [rule.name]);
}

const columns = `n.id, n.name, n.events, n.not_started_minutes as "notStartedMinutes", n.slow_times as "slowTimes",
  n.channel, n.url, n.addresses, n.paused_at as "pausedAt", n.paused_by as "pausedBy", n.created_by as "createdBy",
  n.updated_at as "updatedAt", coalesce(i.key, t.key, s.id::text) as key, coalesce(i.name, t.name, s.name) as "targetName",
  case when i.id is not null then 'integration' when t.id is not null then 'set' when s.id is not null then 'schedule'
    else 'everything' end as kind,
  coalesce(i.deleted_at, t.deleted_at) is not null as deleted,
  (select json_build_object('event', d.event, 'state', d.state, 'at', d.created_at)
   from waybill.deliveries d where d.rule_id = n.id order by d.created_at desc, d.id desc limit 1) as "lastDelivery"`;
const tables = `from waybill.notification_rules n left join waybill.integrations i on i.id = n.integration_id
  left join waybill.sets t on t.id = n.set_id left join waybill.schedules s on s.id = n.schedule_id`;

interface RuleRow extends Omit<NotificationRule, "target" | "paused" | "updatedAt"> {
  kind: NotificationTarget["kind"];
  key: string | null;
  targetName: string | null;
  deleted: boolean;
  pausedAt: Date | null;
  pausedBy: string | null;
  updatedAt: Date;
}

function toRule({ kind, key, targetName, deleted, pausedAt, pausedBy, updatedAt, ...row }: RuleRow): NotificationRule {
  const { lastDelivery } = row;
  return {
    ...row,
    target: { kind, key, name: targetName, deleted },
    paused: pausedAt && { at: pausedAt.toISOString(), by: nameOfActor(pausedBy ?? "") },
    lastDelivery: lastDelivery && { ...lastDelivery, at: new Date(lastDelivery.at).toISOString() },
    createdBy: nameOfActor(row.createdBy),
    updatedAt: updatedAt.toISOString(),
  };
}

/** The error of a rule that is not there. */
export function ruleUnknown(rule: string): WaybillError {
  const message = `There is no notification rule ${JSON.stringify(rule)}. List the notifications to see which there are.`;
  return new WaybillError("notification_unknown", message);
}
