import { initTRPC, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { Context } from "@waybill/core/context";
import { errorForPeople } from "@waybill/core/error-for-people";
import { type ErrorKind, errorCodes, WaybillError } from "@waybill/core/errors";
import { ZodError, z } from "zod";

/** What a call comes with; `actor` is null for a caller that nobody knows. */
export type CallContext = Omit<Context, "actor"> & { actor: Context["actor"] | null };

const pingMilliseconds = 5_000;
const silenceMillisecondsMax = 20_000;

const t = initTRPC.context<CallContext>().create({
  // A subscription whose other end is gone without a word is noticed on both sides.
  sse: {
    ping: { enabled: true, intervalMs: pingMilliseconds },
    client: { reconnectAfterInactivityMs: silenceMillisecondsMax },
  },
  errorFormatter({ shape, error }) {
    const fault = errorForPeople(error.cause);
    if (fault) return toCallError(fault, shape.data.path);
    const [code, message] = sayTransportError(error);
    return { ...shape, message, data: { ...publicData(shape.data), waybill: { code, details: {} } } };
  },
});

export const router = t.router;

/** A procedure that only a known actor may call; errors for a person keep their code and sentence. */
export const procedure = t.procedure.use(async ({ ctx, next }) => {
  if (!ctx.actor) throw toTrpcError(notSignedIn());
  const result = await next({ ctx: { ...ctx, actor: ctx.actor } });
  const fault = result.ok ? null : errorForPeople(result.error.cause);
  if (fault) throw toTrpcError(fault);
  return result;
});

/** Whether an error of a call is nobody's but ours, so that the server's log should have it. */
export function isOurs(error: TRPCError): boolean {
  return error.code === "INTERNAL_SERVER_ERROR" && errorForPeople(error.cause) === null;
}

/** A fault in the form that clients of tRPC read, also where it met the request before any procedure. */
export function toCallError(fault: WaybillError, path?: string) {
  const error = toTrpcError(fault);
  const waybill = { code: fault.code, details: fault.details };
  const data = { code: error.code, httpStatus: getHTTPStatusCodeFromError(error), path, waybill };
  return { message: fault.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data };
}

/** The error of a caller without a valid token or session. */
export function notSignedIn(): WaybillError {
  const message =
    "You are not signed in. Send the token as 'Authorization: Bearer ...', or open the sign-in link that the server printed.";
  return new WaybillError("not_signed_in", message);
}

const trpcCodes = {
  invalid: "BAD_REQUEST",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  unauthorized: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  too_large: "PAYLOAD_TOO_LARGE",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorKind, TRPCError["code"]>;

function toTrpcError(cause: WaybillError): TRPCError {
  return new TRPCError({ code: trpcCodes[errorCodes[cause.code]], message: cause.message, cause });
}

const transportCodes: TRPCError["code"][] = [
  "BAD_REQUEST",
  "PARSE_ERROR",
  "NOT_FOUND",
  "METHOD_NOT_SUPPORTED",
  "UNSUPPORTED_MEDIA_TYPE",
];

/** What may leave of an error that no verb threw: faults of the request are said, everything else is not. */
function sayTransportError(error: TRPCError): [code: string, message: string] {
  if (error.cause instanceof ZodError) return ["input_invalid", z.prettifyError(error.cause)];
  if (transportCodes.includes(error.code)) return ["input_invalid", error.message];
  return ["unexpected", "Something went wrong in Waybill. The server's log has the details."];
}

function publicData<Data extends { code: unknown; httpStatus: unknown; path?: unknown }>(data: Data) {
  const { code, httpStatus, path } = data;
  return { code, httpStatus, path };
}
