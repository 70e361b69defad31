import { TRPCClientError } from "@trpc/client";
import { z } from "zod";

/** What the CLI says with its exit code. */
export const exitCodes = {
  completed: 0,
  failed: 1,
  wrongUsage: 2,
  completedWithErrors: 3,
  notAllowed: 4,
  cancelled: 5,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A fault with its stable code and its sentence. */
export interface Failure {
  code: string;
  message: string;
  details: Record<string, unknown>;
}

/** A fault that the CLI itself found. */
export class CliFailure extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The person at the terminal answered that nothing is to be done. */
export class Declined extends Error {}

/** Any fault as a person can read it. `url` is the server's, where one was asked. */
export function toFailure(error: unknown, url = ""): Failure {
  if (error instanceof CliFailure) return { code: error.code, message: error.message, details: error.details };
  if (error instanceof TRPCClientError) return failureOfCall(error, url);
  if (isUnreachable(error)) return unreachable;
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error), details: {} };
}

/** The fault that an answer over HTTP tells; `body` is its JSON, or null where it is none. */
export function refusalOf(status: number, body: unknown, url: string): CliFailure {
  const { code, message, details } = failureOfAnswer(status, body, url);
  return new CliFailure(code, message, details);
}

function failureOfAnswer(status: number, body: unknown, url: string): Failure {
  const said = answerSchema.safeParse(body);
  if (said.success) return ofServer(said.data.error);
  if (gatewayStatuses.includes(status)) return unreachable;
  const message = `${url} answers, but it is not a Waybill server. Check WAYBILL_URL.`;
  return { code: "server_unknown", message, details: {} };
}

/** What a fault means for scripts. */
export function exitCodeOf(failure: Failure): ExitCode {
  if (failure.code === "not_signed_in" || failure.code === "not_allowed") return exitCodes.notAllowed;
  return failure.code === "wrong_usage" ? exitCodes.wrongUsage : exitCodes.failed;
}

const details = z.record(z.string(), z.unknown());
const callSchema = z.object({ waybill: z.object({ code: z.string(), details }) });
const answerSchema = z.object({ error: z.object({ code: z.string(), message: z.string(), details }) });

/** What a proxy says whose server is away. */
const gatewayStatuses = [502, 503, 504];

const unreachable: Failure = {
  code: "server_unreachable",
  message: "The Waybill server does not answer. See that it runs, or name another in WAYBILL_URL.",
  details: {},
};

function failureOfCall(error: TRPCClientError<never>, url: string): Failure {
  const said = callSchema.safeParse(error.data);
  if (said.success) return ofServer({ ...said.data.waybill, message: error.message });
  if (error.cause instanceof CliFailure || isUnreachable(error.cause)) return toFailure(error.cause);
  const { response, responseJSON } = error.meta ?? {};
  if (response instanceof Response) return failureOfAnswer(response.status, responseJSON, url);
  return { code: "unexpected", message: error.message, details: {} };
}

/** The server's own words, but for those that are meant for callers of its API. */
function ofServer(failure: Failure): Failure {
  if (failure.code !== "not_signed_in") return failure;
  const message =
    "The server does not know this token. Check WAYBILL_TOKEN, or unset it to use the token of the server on this machine.";
  return { ...failure, message };
}

function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && (error.message === "fetch failed" || error.message === "terminated");
}
