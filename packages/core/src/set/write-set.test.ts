import { expect, test } from "vitest";
import { readSet } from "./read-set.ts";
import { writeSet } from "./write-set.ts";

const plain = `waybill: 1
kind: set
key: nightly
name: Nightly
steps:
  - integration: first
  - integration: second
`;

const full = `waybill: 1
kind: set
key: month-end
name: "Month: end"
description: |
  Two lines,
  of which this is one.
abortOnFailure: false
timeZone: Europe/Berlin
parameters:
  - key: payDay
    label: Pay day
    type: date
    default: today
    required: true
  - key: side
    type: choice
    choices:
      - north
      - "true"
steps:
  - integration: first
    parameters:
      day:
        parameter: payDay
      count: 5
      code: "007"
      dry: false
      days:
        start: 2026-01-01
        end: 2026-01-31
  - key: again
    integration: first
    name: Once more
    abortOnFailure: true
    sourceFile: 0198c2a4-54aa-7a71-9d4a-111111111111
    attachments:
      codes: 0198c2a4-54aa-7a71-9d4a-222222222222
`;

test.each([plain, full])("what is written is what was read, without what goes without saying", (yaml) => {
  const read = readSet(yaml);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const written = writeSet(read.value);
  const again = readSet(written);
  expect(again.ok && again.value).toEqual(read.value);
  expect(written.trimEnd().split("\n").toSorted()).toEqual(yaml.trimEnd().split("\n").toSorted());
});
