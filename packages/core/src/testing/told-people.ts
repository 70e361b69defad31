import type { Context } from "../context.ts";
import { executeRun } from "../engine/execute-run.ts";
import { deliverDue } from "../notification/deliver.ts";
import { listDeliveries, listDeliveriesInput } from "../notification/deliveries.ts";
import { saveRule, saveRuleInput } from "../notification/save-rule.ts";
import { sweep } from "../notification/sweep.ts";
import { endOf, startFile } from "./run-file.ts";
import { testDefinition } from "./test-definition.ts";
import { type FakeClock, fakeClock, openTestWaybill } from "./test-services.ts";
import { receiverSecret } from "./webhook-receiver.ts";

/** An integration whose runs rules are about, and a file with which one fails. */
export const people = testDefinition({ source: "{ sameBytes: silent }" });
export const broken = { content: "name\nAda\n" };

/** A Waybill with the time of this machine, by which receivers judge the time of a message. */
export async function openTelling(options: { worker?: boolean } = {}) {
  return await openTestWaybill({ worker: false, ...options, clock: fakeClock(new Date().toISOString()) });
}

export function advance({ clock }: { clock: FakeClock }, seconds: number): void {
  clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString());
}

/** Adds a rule that tells a receiver. */
export async function tell(ctx: Context, url: string, more: object) {
  return await saveRule(
    ctx,
    saveRuleInput.parse({ name: "Night shift", webhook: { url, secret: receiverSecret }, ...more }),
  );
}

/** A run to its end, without a worker, which would look for notifications by itself. */
export async function runTo(
  ctx: Context,
  ...asked: Parameters<typeof startFile> extends [Context, ...infer Rest] ? Rest : never
) {
  const id = await startFile(ctx, ...asked);
  await executeRun(ctx, id, new AbortController().signal);
  return await endOf(ctx, id);
}

export async function notify(ctx: Context): Promise<void> {
  await sweep(ctx);
  await deliverDue(ctx);
}

export async function logOf(ctx: Context) {
  return (await listDeliveries(ctx, listDeliveriesInput.parse({}))).items;
}
