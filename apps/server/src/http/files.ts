import type { Services } from "@waybill/core/context";
import { WaybillError } from "@waybill/core/errors";
import { findFile } from "@waybill/core/stored-file/read-file";
import { storeFile } from "@waybill/core/stored-file/store-file";
import { Hono } from "hono";
import { z } from "zod";
import { contextOf } from "./authenticate.ts";
import type { HttpEnv } from "./env.ts";
import { sendStoredFile } from "./send-file.ts";

/** Uploads, streamed to where files are kept, and their bytes back again. */
export function fileRoutes(services: Services): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .post("/", async (c) => {
      const name = c.req.query("name");
      if (!name)
        throw new WaybillError("file_name_invalid", "Say what the file is called: POST /files?name=people.csv");
      if (c.req.header("Content-Type")?.startsWith("multipart/")) throw multipart();
      const ctx = contextOf(services, c.get("actor"));
      const body = c.req.raw.body;
      return c.json(await storeFile(ctx, { name, bytes: body ?? nothing() }), 201);
    })
    .get("/:id/content", async (c) => {
      const id = c.req.param("id");
      if (!z.uuid().safeParse(id).success)
        throw new WaybillError("file_unknown", `There is no file ${JSON.stringify(id)}.`);
      return sendStoredFile(services, await findFile(services, id));
    });
}

function multipart(): WaybillError {
  const message = "Send the bytes of the file themselves, not a form: curl --data-binary @people.csv, not curl -F.";
  return new WaybillError("upload_multipart", message);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
