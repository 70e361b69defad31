import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, type CheckBuilder, check, customType, pgSchema } from "drizzle-orm/pg-core";

/** Everything that Waybill keeps about itself; loaded datasets live in `waybill_data`. */
export const waybill = pgSchema("waybill");

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A column that counts from 0. */
export const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);

/** Holds a column to the words of one list; an empty one is let through. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]): CheckBuilder {
  const list: SQL = sql.raw(words.map((word) => `'${word}'`).join(", "));
  return check(name, sql`${column} in (${list})`);
}

/** Holds a column that is an array to the words of one list, and to one of them at least. */
export function someOf(name: string, column: AnyPgColumn, words: readonly string[]): CheckBuilder {
  const list: SQL = sql.raw(words.map((word) => `'${word}'`).join(", "));
  return check(name, sql`${column} <@ array[${list}]::text[] and cardinality(${column}) > 0`);
}
