import type { Services } from "@waybill/core/context";
import { WaybillError } from "@waybill/core/errors";
import { checkRejectedKept } from "@waybill/core/rejected/check-kept";
import { writeErrorsCsv } from "@waybill/core/rejected/write-errors-csv";
import { getRun } from "@waybill/core/run/read-run";
import { Hono } from "hono";
import { contextOf } from "./authenticate.ts";
import type { HttpEnv } from "./env.ts";
import { sendFile, sendStoredFile } from "./send-file.ts";

/** What a run has to download: its rejected records as CSV, and the source file as it was sent. */
export function runRoutes(services: Services): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/:run/errors.csv", async (c) => {
      const ctx = contextOf(services, c.get("actor"));
      const run = await getRun(ctx, { run: c.req.param("run") });
      await checkRejectedKept(ctx, run.id);
      const download = { name: `${run.name} errors.csv`, type: "text/csv; charset=utf-8" };
      return sendFile(download, writeErrorsCsv(ctx, run.id));
    })
    .get("/:run/source", async (c) => {
      const run = await getRun(contextOf(services, c.get("actor")), { run: c.req.param("run") });
      const source = run.files.find((file) => file.role === "source");
      if (!source) throw new WaybillError("file_unknown", "This run has no source file.");
      return sendStoredFile(services, source);
    });
}
