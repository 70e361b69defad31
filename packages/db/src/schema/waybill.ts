import { customType, pgSchema } from "drizzle-orm/pg-core";

/** Everything that Waybill keeps about itself; loaded datasets live in `waybill_data`. */
export const waybill = pgSchema("waybill");

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
