import { WaybillError } from "@waybill/core/errors";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { HttpEnv } from "./env.ts";

const callBytesMax = 8 * 1024 * 1024;

/** Turns away calls whose input is too large to be one; files go another way, where they are streamed. */
export function limitCalls(): MiddlewareHandler<HttpEnv> {
  return bodyLimit({
    maxSize: callBytesMax,
    onError() {
      const message = `The request is larger than ${callBytesMax} bytes, the most that a call may have. Send files with POST /files.`;
      throw new WaybillError("request_too_large", message, { bytesMax: callBytesMax });
    },
  });
}
