import { randomBytes } from "node:crypto";
import { notificationEvents } from "@waybill/db/words";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { breaksConstraint } from "../breaks-constraint.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { findIntegration } from "../integration/read-integration.ts";
import { sealSecret } from "../key/seal-secret.ts";
import { limits } from "../limits.ts";
import { findScheduleId } from "../schedule/read-schedules.ts";
import { findSet } from "../set/read-sets.ts";
import { nameTaken, uniqueName } from "../unique-name.ts";
import { getRule, ruleUnknown } from "./read-rules.ts";
import { receiverUrl, webhookSecret } from "./receiver.ts";
import type { NotificationRule } from "./rule.ts";
import { mailUnset } from "./send-email.ts";

export const saveRuleInput = z.strictObject({
  /** The rule that is changed, by its id or name; a new one where it is left out. */
  rule: z.string().min(1).max(300).optional(),
  name: uniqueName("notification rule", limits.notificationNameCharactersMax),
  /** What it is about: one of the three, or everything where none is named. */
  integration: z.string().max(100).optional(),
  set: z.string().max(100).optional(),
  schedule: z.string().min(1).max(300).optional(),
  events: z
    .array(z.enum(notificationEvents, `is none of the events: ${notificationEvents.join(", ")}`))
    .min(1, `Name at least one event: ${notificationEvents.join(", ")}.`)
    .transform((events) => [...new Set(events)]),
  notStartedMinutes: z.number().int().min(1).max(limits.notStartedMinutesMax).default(limits.notStartedMinutesDefault),
  slowTimes: z.number().min(limits.slowTimesMin).max(limits.slowTimesMax).default(limits.slowTimesDefault),
  /** How it tells: one of the two. A webhook without a secret keeps the one that it has, or is given one. */
  webhook: z.strictObject({ url: receiverUrl, secret: webhookSecret.optional() }).optional(),
  email: z
    .strictObject({
      addresses: z
        .array(z.email("is no e-mail address, such as night-shift@example.com"))
        .min(1, "Name at least one address.")
        .max(limits.mailAddressesMax)
        .transform((addresses) => [...new Set(addresses)]),
    })
    .optional(),
});
type SaveRuleInput = z.output<typeof saveRuleInput>;

/** A rule, and the secret that its webhooks are signed with where that is new: it is shown this once. */
export interface SavedRule extends NotificationRule {
  secret: string | null;
}

/**
 * Adds a rule, or gives one other terms; its deliveries stay. A new rule is about what happens from now on. Throws
 * `notification_invalid` with the place, `notification_name_taken`, `notification_unknown`, or what looking for the
 * integration, set or schedule throws.
 */
export async function saveRule(ctx: Context, input: SaveRuleInput): Promise<SavedRule> {
  const changed = input.rule === undefined ? null : await getRule(ctx, { rule: input.rule });
  checkChoices(ctx, input);
  const secret = input.webhook && secretFor(input.webhook, changed);
  const id = changed?.id ?? uuidv7();
  const { rowCount } = await write(ctx, id, input, secret ?? null).catch((error: unknown) => {
    throw breaksConstraint(error, "notification_rules_name_unique")
      ? nameTaken("notification_name_taken", "notification rule", input.name)
      : error;
  });
  if (rowCount === 0) throw ruleUnknown(input.rule ?? id);
  return { ...(await getRule(ctx, { rule: id })), secret: secret ?? null };
}

function checkChoices({ mail }: Context, { integration, set, schedule, webhook, email }: SaveRuleInput): void {
  if ([integration, set, schedule].filter((one) => one !== undefined).length > 1) {
    throw invalid("integration", "Name an integration, a set or a schedule, or none of them for everything.");
  }
  if ((webhook === undefined) === (email === undefined)) {
    throw invalid("webhook", "Name a webhook or e-mail addresses, and not both.");
  }
  if (email && !mail) throw invalid("email", mailUnset);
}

/** The secret that is new with this; undefined where the rule has one and keeps it. */
function secretFor(
  { secret }: NonNullable<SaveRuleInput["webhook"]>,
  changed: NotificationRule | null,
): string | undefined {
  if (secret !== undefined || changed?.channel === "webhook") return secret;
  return `whsec_${randomBytes(32).toString("base64")}`;
}

async function write(ctx: Context, id: string, input: SaveRuleInput, secret: string | null) {
  const { integration, set, schedule, webhook, email } = input;
  const integrationId = integration === undefined ? null : (await findIntegration(ctx, integration)).id;
  const setId = set === undefined ? null : (await findSet(ctx, set)).id;
  const scheduleId = schedule === undefined ? null : await findScheduleId(ctx, schedule);
  const sealed = secret === null ? null : Buffer.from(sealSecret(ctx.masterKey, Buffer.from(secret)));
  const values = [
    id,
    input.name,
    integrationId,
    setId,
    scheduleId,
    input.events,
    input.notStartedMinutes,
    input.slowTimes,
    webhook ? "webhook" : "email",
    webhook?.url ?? null,
    sealed,
    email?.addresses ?? [],
    ctx.clock.now(),
  ];
  if (input.rule === undefined) return await ctx.database.pool.query(insertRule, [...values, ctx.actor.id]);
  return await ctx.database.pool.query(updateRule, values);
}

const insertRule = `
  insert into waybill.notification_rules (id, name, integration_id, set_id, schedule_id, events, not_started_minutes,
    slow_times, channel, url, sealed_secret, addresses, since, created_at, updated_at, created_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $13, $14)`;

const updateRule = `
  update waybill.notification_rules set name = $2, integration_id = $3, set_id = $4, schedule_id = $5, events = $6,
    not_started_minutes = $7, slow_times = $8, channel = $9, url = $10,
    sealed_secret = case $9 when 'webhook' then coalesce($11, sealed_secret) end, addresses = $12, updated_at = $13
  where id = $1`;

function invalid(path: string, message: string): WaybillError {
  return new WaybillError("notification_invalid", `The rule cannot be kept. ${path}: ${message}`, {
    faults: [{ path, message }],
  });
}
