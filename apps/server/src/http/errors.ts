import { toCallError } from "@waybill/api";
import type { Services } from "@waybill/core/context";
import { errorForPeople } from "@waybill/core/error-for-people";
import { type ErrorKind, errorCodes, WaybillError } from "@waybill/core/errors";
import type { Context } from "hono";

const statuses = {
  invalid: 400,
  not_found: 404,
  conflict: 409,
  unauthorized: 401,
  forbidden: 403,
  too_large: 413,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>;

/**
 * Says an error that is meant for a person, to a call in the form that clients of tRPC read; of any other error it says
 * only that it happened.
 */
export function answerError(services: Services, error: Error, c: Context): Response {
  const fault = errorForPeople(error);
  if (fault) {
    const { code, message, details } = fault;
    const error = c.req.path.startsWith("/trpc/") ? toCallError(fault) : { code, message, details };
    return c.json({ error }, statuses[errorCodes[code]]);
  }
  if (!c.req.raw.signal.aborted) services.log.error({ err: error, path: c.req.path }, "A request failed.");
  const message = "Something went wrong in Waybill. The server's log has the details.";
  return c.json({ error: { code: "unexpected", message, details: {} } }, 500);
}

/** The error of an address at which there is nothing. */
export function addressUnknown(path: string): WaybillError {
  return new WaybillError("address_unknown", `There is nothing at ${path}. Check the address.`);
}
