import { expect, test } from "vitest";
import { Speakers } from "./speakers.ts";

const run = "01a20f84-693d-7576-83f0-222931eaebaf";

test("tells who spoke of a run last, from when it is followed until it is forgotten", () => {
  const speakers = new Speakers();
  speakers.hear("early", Buffer.from(`bind ${run}`));
  expect(speakers.lastOn(run)).toBeNull();
  speakers.follow(run);
  speakers.hear("one", Buffer.from(`bind ${run}`));
  speakers.hear("two", Buffer.from("bind of another run"));
  expect(speakers.lastOn(run)).toMatchObject({ speaker: "one" });
  speakers.hear("two", Buffer.from(`${run} and more`));
  expect([speakers.runsOf("one"), speakers.runsOf("two")]).toEqual([[], [run]]);
  speakers.forget(run);
  expect([speakers.lastOn(run), speakers.runsOf("two")]).toEqual([null, []]);
});

test("takes large pieces, which are records on their way, for no word of anybody", () => {
  const speakers = new Speakers();
  speakers.follow(run);
  speakers.hear("one", Buffer.concat([Buffer.from(run), Buffer.alloc(64 * 1024)]));
  expect(speakers.lastOn(run)).toBeNull();
});
