/** One sort of load: an integration, its destination, and what is wrong with its files. */
export interface Kind {
  key: string;
  /** The table that it loads. */
  table: string;
  /** Records whose number divides by this are turned away; null where none is. */
  faultyEvery: number | null;
  /** Whether nothing of a run stays when a record of it is rejected. */
  allOrNothing: boolean;
  /** Whether each run writes the keys of the run before again, in place of keys of its own. */
  overwrites: boolean;
  mode: "insert" | "upsert";
  keyed: boolean;
}

const usual = { faultyEvery: null, allOrNothing: false, overwrites: false, mode: "upsert", keyed: true } as const;
const dataset = (name: string) => ({ ...usual, key: name, table: `waybill_data.${name}` });

/** What the feeder loads, besides each other. */
export const kinds = {
  parcels: dataset("parcels"),
  scans: { ...dataset("scans"), mode: "insert", keyed: false },
  invoices: { ...dataset("invoices"), mode: "insert" },
  complaints: { ...dataset("complaints"), faultyEvery: 97 },
  payslips: { ...dataset("payslips"), faultyEvery: 5_000, allOrNothing: true },
  pensions: { ...dataset("pensions"), allOrNothing: true },
  prices: { ...dataset("prices"), overwrites: true },
  shipments: { ...usual, key: "shipments", table: "public.shipments", faultyEvery: 10_000 },
} as const satisfies Record<string, Kind>;

/** The table of the kind whose destination itself turns records away. */
export const shipmentsTable = `create table public.shipments (id text primary key, run bigint not null,
  record bigint not null, amount numeric(12, 2) not null check (amount >= 0), note text not null)`;

/** The definition of a kind, as YAML. */
export function definitionOf(kind: Kind): string {
  const [schema, name] = kind.table.split(".");
  const destination = schema === "waybill_data" ? `dataset: ${name}` : `table: ${kind.table}`;
  return `waybill: 1
kind: integration
key: ${kind.key}
name: ${kind.key}
direction: import
source: { sameBytes: silent, limits: { sourceBytesMax: ${sourceBytesMax} } }
fields:
  - { name: id, type: text, required: true }
  - { name: run, type: integer, required: true }
  - { name: record, type: integer, required: true }
  - { name: amount, type: decimal, scale: 2, required: true }
  - { name: note, type: text, required: true }
recordKey: [${kind.keyed ? "id" : ""}]
destination: { ${destination}, mode: ${kind.mode} }
onError: { commit: ${kind.allOrNothing ? "all-or-nothing" : "accepted"} }
`;
}

const sourceBytesMax = 16 * 1024 * 1024;
