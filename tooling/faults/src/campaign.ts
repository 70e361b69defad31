import { setTimeout as delay } from "node:timers/promises";
import { audit, type EndedDelivery } from "./check/audit.ts";
import { settle } from "./check/settle.ts";
import type { Violation } from "./check/violation.ts";
import type { Step } from "./plan.ts";
import type { DatedViolation, Report } from "./report/report.ts";
import { openWorld } from "./world/open-world.ts";
import type { World } from "./world/world.ts";

/** What a campaign does, and who hears of it. */
export interface CampaignOptions {
  seed: number;
  /** The steps in turn, until there is none; asked for each when the one before is done. */
  nextStep(number: number): Step | null;
  smallDisks: boolean;
  /** Hears each line as it happens. */
  say(line: string): void;
  now(): Date;
  /** Is given the world when all is over and audited, before it is closed. */
  lastLook?(world: World, known: EndedDelivery[]): Promise<void>;
}

/** Opens a world, does fault after fault to it while it works, and tells what held and what did not. */
export async function runCampaign(options: CampaignOptions): Promise<Report> {
  const { seed, say, now } = options;
  const violations = new Map<string, DatedViolation>();
  let step = 0;
  const complain = ({ rule, detail }: Violation) => {
    if (violations.has(rule + detail)) return;
    violations.set(rule + detail, { step, at: now().toISOString(), rule, detail });
    say(`VIOLATION of "${rule}": ${detail}`);
  };

  const startedAt = now().toISOString();
  const { world, close } = await openWorld({ seed, smallDisks: options.smallDisks, complain });
  const faults: string[] = [];
  try {
    world.parts.feeder.resume();
    for (let next = options.nextStep(1); next; next = options.nextStep(step + 1)) {
      step = next.number;
      await take(world, next, say);
      faults.push(next.fault.name);
      if (step % stepsBetweenAudits === 0) await auditNew(world, say);
      world.parts.feeder.resume();
    }
    await settle(world);
    const known = endedDeliveries(world);
    const last = await audit(sourcesOf(world), known, known);
    for (const violation of last.violations) complain(violation);
    await options.lastLook?.(world, known);
    return {
      seed,
      startedAt,
      finishedAt: now().toISOString(),
      steps: step,
      kills: world.kills,
      faults: countEach(faults),
      runs: known.length,
      ends: countEach(known.map(({ end }) => [end.status, end.failure?.code].filter(Boolean).join(" "))),
      records: last.records,
      lost: last.lost,
      doubled: last.doubled,
      takeOvers: world.parts.takeOvers.result,
      violations: [...violations.values()],
      logFolder: violations.size > 0 ? world.parts.folder : null,
    };
  } finally {
    await close(violations.size > 0);
  }
}

function countEach(names: string[]): Record<string, number> {
  const groups = Object.entries(Object.groupBy(names, (name) => name));
  return Object.fromEntries(groups.map(([name, group]) => [name, group?.length ?? 0]));
}

const stepsBetweenAudits = 8;
const pauseMillisecondsMax = 2_000;

async function take(world: World, { number, fault, random }: Step, say: (line: string) => void): Promise<void> {
  const { did, heal } = await fault.inject(world, random);
  await heal();
  say(`step ${number} ${fault.name}: ${did}`);
  await delay(random.between(0, pauseMillisecondsMax));
}

const audited = new WeakMap<World, Set<string>>();

/** Lets the world come to rest, and audits the runs that no audit has seen yet. */
async function auditNew(world: World, say: (line: string) => void): Promise<void> {
  await settle(world);
  const known = endedDeliveries(world);
  const before = audited.get(world) ?? new Set();
  const found = await audit(
    sourcesOf(world),
    known.filter(({ end }) => !before.has(end.id)),
    known,
  );
  for (const violation of found.violations) world.parts.complain(violation);
  audited.set(world, new Set(known.map(({ end }) => end.id)));
  say(`audit: ${known.length} runs so far, ${found.lost} records lost, ${found.doubled} doubled since the last audit`);
}

function endedDeliveries({ parts }: World): EndedDelivery[] {
  return parts.feeder.deliveries.flatMap(({ run, delivery }) => {
    const end = parts.watch.endOf(run);
    return end ? [{ delivery, end }] : [];
  });
}

function sourcesOf({ parts }: World) {
  return { api: parts.api, query: parts.cluster.query.bind(parts.cluster) };
}
