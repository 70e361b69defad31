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

/** Any fault as a person can read it. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CliFailure) return { code: error.code, message: error.message, details: error.details };
  if (error instanceof TRPCClientError) return failureOfCall(error);
  if (isUnreachable(error)) return unreachable;
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error), details: {} };
}

export function exitCodeOf(failure: Failure): ExitCode {
  if (failure.code === "not_signed_in" || failure.code === "not_allowed") return exitCodes.notAllowed;
  return failure.code === "wrong_usage" ? exitCodes.wrongUsage : exitCodes.failed;
}

const callData = z.object({ waybill: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }) });
const unreachable: Failure = {
  code: "server_unreachable",
  message: "The Waybill server does not answer. See that it runs, or name another in WAYBILL_URL.",
  details: {},
};

function failureOfCall(error: TRPCClientError<never>): Failure {
  const data = callData.safeParse(error.data);
  if (data.success) return { ...data.data.waybill, message: error.message };
  if (isUnreachable(error.cause)) return unreachable;
  return { code: "unexpected", message: error.message, details: {} };
}

function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && error.message === "fetch failed";
}
