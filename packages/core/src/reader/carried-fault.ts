import { type ErrorCode, type ErrorDetails, WaybillError } from "../errors.ts";

/** An error as it crosses from one thread to another, where a class of its own would be lost. */
export type CarriedFault =
  | { kind: "waybill"; code: ErrorCode; message: string; details: ErrorDetails }
  | { kind: "other"; name: string; message: string; stack: string | undefined; code: string | undefined };

/** Takes an error apart, so that it can be sent. */
export function carryFault(error: unknown): CarriedFault {
  if (error instanceof WaybillError) {
    return { kind: "waybill", code: error.code, message: error.message, details: error.details };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  return { kind: "other", name, message, stack, code };
}

/** Puts an error together again. */
export function restoreFault(fault: CarriedFault): Error {
  if (fault.kind === "waybill") return new WaybillError(fault.code, fault.message, fault.details);
  const { name, message, stack, code } = fault;
  return Object.assign(new Error(message), { name, stack }, code === undefined ? {} : { code });
}
