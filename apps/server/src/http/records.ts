import type { Services } from "@waybill/core/context";
import { WaybillError } from "@waybill/core/errors";
import { type RecordFilter, recordFilter } from "@waybill/core/rejected/record-filter";
import { exportRecords } from "@waybill/core/rejected/write-errors-csv";
import { Hono } from "hono";
import { contextOf } from "./authenticate.ts";
import type { HttpEnv } from "./env.ts";
import { sendFile } from "./send-file.ts";

/** Rejected records as they stand now, to be corrected in a spreadsheet; `filter` is that of `records.list`, as JSON. */
export function recordRoutes(services: Services): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get("/errors.csv", async (c) => {
    const ctx = contextOf(services, c.get("actor"));
    const csv = await exportRecords(ctx, readFilter(c.req.query("filter")));
    return sendFile({ name: "errors.csv", type: "text/csv; charset=utf-8" }, csv);
  });
}

function readFilter(json = "{}"): RecordFilter {
  try {
    return recordFilter.parse(JSON.parse(json));
  } catch {
    const message = 'The filter is not one that records.list takes. Send it as JSON, such as {"state":["open"]}.';
    throw new WaybillError("input_invalid", message);
  }
}
