const mebibyte = 1024 * 1024;

/** How the definition of the people differs from the usual one. */
export interface PeopleDefinition {
  /** Also the name of the dataset, with `_` for `-`. */
  key: string;
  /** What a layer of the source may expand to; large files are let in by default. */
  expandedBytesMax?: number;
  /** The most characters that a city may have; of a few, every record is rejected. */
  cityCharactersMax?: number;
}

/** The definition that loads the people, each field with a rule or two, as real ones have. */
export function peopleDefinition({
  key,
  expandedBytesMax = 4_096 * mebibyte,
  cityCharactersMax = 60,
}: PeopleDefinition): string {
  return `waybill: 1
kind: integration
key: ${key}
name: ${key}
direction: import
source:
  fileName: people.csv
  sameBytes: silent
  limits: { zipBytesMax: ${1_024 * mebibyte}, expandedBytesMax: ${expandedBytesMax} }
fields:
  - { name: code, type: text, required: true, pattern: "^E[0-9]{8}$" }
  - { name: name, type: text, required: true, maxLength: 80 }
  - { name: email, type: text, format: email }
  - { name: department, type: text, required: true, maxLength: 40 }
  - { name: salary, type: decimal, scale: 2, min: 0 }
  - { name: start_date, type: date, format: yyyy-MM-dd, required: true }
  - { name: active, type: boolean, default: true }
  - { name: city, type: text, maxLength: ${cityCharactersMax} }
recordKey: [code]
destination: { dataset: ${datasetOf(key)}, mode: upsert }
onError: { stopAfterRejected: 1000000 }
`;
}

/** The dataset that the integration of this key loads. */
export function datasetOf(key: string): string {
  return key.replaceAll("-", "_");
}
