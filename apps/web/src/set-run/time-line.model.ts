import type { SetRunStep, SetRunSummary } from "../data/sets.ts";

/** Where the bar of a step begins and how long it is, in percent of the set run. */
export interface Bar {
  left: number;
  width: number;
}

const whole = 100;
const seenPercentMin = 1;

/** The bar of a step on the time of its set run; null for one that has not started in it. `now` ends what goes on. */
export function barOf(
  step: Pick<SetRunStep, "startedAt" | "finishedAt">,
  setRun: Pick<SetRunSummary, "createdAt" | "finishedAt">,
  now: Date,
): Bar | null {
  if (step.startedAt === null) return null;
  const from = Date.parse(setRun.createdAt);
  const to = setRun.finishedAt === null ? now.getTime() : Date.parse(setRun.finishedAt);
  const begun = Date.parse(step.startedAt);
  const ended = step.finishedAt === null ? now.getTime() : Date.parse(step.finishedAt);
  if (begun < from) return null;
  const share = (moment: number) => Math.min(whole, Math.max(0, (whole * (moment - from)) / Math.max(1, to - from)));
  const left = Math.min(share(begun), whole - seenPercentMin);
  return { left, width: Math.max(seenPercentMin, share(ended) - left) };
}
