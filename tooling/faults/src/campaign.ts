import { setTimeout as delay } from "node:timers/promises";
import { type Audit, audit, type StartedDelivery } from "./check/audit.ts";
import { Complaints } from "./check/complaints.ts";
import { settle } from "./check/settle.ts";
import type { Step } from "./plan.ts";
import { countEach, type Report } from "./report/report.ts";
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
  lastLook?(world: World): Promise<void>;
}

/**
 * Opens a world, does fault after fault to it while it works, and tells what held and what did not. Throws when the world
 * cannot be opened or made well again; its logs stay then, too.
 */
export async function runCampaign(options: CampaignOptions): Promise<Report> {
  const complaints = new Complaints(options.say, options.now);
  const startedAt = options.now().toISOString();
  const { seed, smallDisks } = options;
  const { world, close } = await openWorld({ seed, smallDisks, complain: (violation) => complaints.add(violation) });
  let keepLogs = true;
  try {
    const faults = await takeSteps(world, complaints, options);
    await settle(world);
    const found = await auditRuns(world, () => true);
    await options.lastLook?.(world);
    keepLogs = complaints.all.length > 0;
    const times = { startedAt, finishedAt: options.now().toISOString() };
    return { seed, ...times, ...describeWork(world, faults, found), ...describeFaults(world, complaints) };
  } finally {
    await close(keepLogs);
  }
}

/** All deliveries of a world, with the ends of those that are over. */
export function startedDeliveries({ parts }: World): StartedDelivery[] {
  return parts.feeder.deliveries.map(({ run, delivery }) => ({ delivery, end: parts.watch.endOf(run) }));
}

/** How many steps lie between two times that the world comes to rest and is audited. */
const stepsBetweenAudits = 8;
const pauseMillisecondsMax = 2_000;

/** Gives the names of the faults that were done. */
async function takeSteps(world: World, complaints: Complaints, { nextStep, say }: CampaignOptions): Promise<string[]> {
  const faults: string[] = [];
  const audited = new Set<string>();
  for (let step = nextStep(1); step; step = nextStep(step.number + 1)) {
    complaints.step = step.number;
    world.parts.feeder.resume();
    await takeStep(world, step, say);
    faults.push(step.fault.name);
    if (step.number % stepsBetweenAudits === 0) await auditNewRuns(world, audited, say);
  }
  return faults;
}

async function takeStep(world: World, { number, fault, random }: Step, say: (line: string) => void): Promise<void> {
  const { did, heal } = await fault.inject(world, random);
  await heal();
  say(`step ${number} ${fault.name}: ${did}`);
  await delay(random.between(0, pauseMillisecondsMax));
}

/** Lets the world come to rest, and audits the runs that no audit has seen yet. */
async function auditNewRuns(world: World, audited: Set<string>, say: (line: string) => void): Promise<void> {
  await settle(world);
  const found = await auditRuns(world, (run) => !audited.has(run));
  for (const { end } of startedDeliveries(world)) if (end) audited.add(end.id);
  const soFar = `${world.kills} kills and ${audited.size} runs so far`;
  say(`audit: ${soFar}; of the newest runs, ${found.lost} records lost and ${found.doubled} doubled`);
}

async function auditRuns(world: World, chosen: (run: string) => boolean): Promise<Audit> {
  const { api, cluster, complain } = world.parts;
  const started = startedDeliveries(world);
  const ended = started.flatMap(({ delivery, end }) => (end && chosen(end.id) ? [{ delivery, end }] : []));
  const found = await audit({ api, query: cluster.query.bind(cluster) }, ended, started);
  for (const violation of found.violations) complain(violation);
  return found;
}

function describeWork(world: World, faults: string[], { records, lost, doubled }: Audit) {
  const started = startedDeliveries(world);
  const ends = started.map(({ end }) => [end?.status ?? "in_progress", end?.failure?.code].filter(Boolean).join(" "));
  return {
    steps: faults.length,
    faults: countEach(faults),
    runs: started.length,
    ends: countEach(ends),
    records,
    lost,
    doubled,
  };
}

function describeFaults({ kills, parts }: World, { all }: Complaints) {
  const logFolder = all.length > 0 ? parts.folder : null;
  return { kills, takeOvers: parts.takeOvers.result, violations: all, logFolder };
}
