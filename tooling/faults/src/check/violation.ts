/** Everything that must hold, whatever dies; each with what it means. */
export const rules = {
  counts: "the counts of a run add up, and are those of its file",
  lost: "no record that a run accepted is missing",
  doubled: "no record is in a destination twice",
  foreign: "a destination holds nothing but what runs brought",
  interleaved: "two loads of one dataset do not mix",
  status: "a run ends as its file and its fate allow, and its final status never changes",
  log: "a run's log tells of its end once",
  owner: "no run is In-Progress without a live owner for long",
  take_over: "the run of a dead worker goes on in time",
  process: "no process ends by itself or meets an uncaught error",
  stop: "a process that is asked to stop does so in time, with exit code 0",
  start: "every process starts where the world is well",
  same_request: "the same request makes one run",
  api: "the API takes every request that is in order",
} as const;
export type Rule = keyof typeof rules;

/** One thing that did not hold. */
export interface Violation {
  rule: Rule;
  detail: string;
}
