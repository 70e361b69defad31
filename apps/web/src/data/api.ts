import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import type { AppRouter } from "@waybill/api";

const batchedCallsMax = 20;

/** The context of a call that goes alone, so that it can be given up, and whose input may be longer than an address. */
export const alone = { alone: true };

/** The server's API, with the session of this browser. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url: "/trpc" }),
      false: splitLink({
        condition: ({ context }) => context.alone === true,
        true: httpLink({ url: "/trpc", methodOverride: "POST" }),
        false: httpBatchLink({ url: "/trpc", maxItems: batchedCallsMax }),
      }),
    }),
  ],
});

/** A fault as the server tells it. */
export interface ApiFault {
  code: string;
  message: string;
  /** What the code is about, such as which record. */
  details?: Record<string, unknown>;
}

/** What to show for any error: the server's sentence, or that it cannot be reached. */
export function toFault(error: unknown): ApiFault {
  if (error instanceof TRPCClientError) {
    const told = toldBy(error.data);
    if (told) return { ...told, message: error.message };
  }
  if (error instanceof UploadFault) return { code: error.code, message: error.message };
  return { code: "server_unreachable", message: serverAway };
}

/** What to say while the server cannot be reached. */
export const serverAway =
  "The server does not answer. What you see may be old; it is read again when the server is back.";

/** A file was refused. */
export class UploadFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function toldBy(data: unknown): Pick<ApiFault, "code" | "details"> | null {
  if (typeof data !== "object" || data === null || !("waybill" in data)) return null;
  const { waybill } = data as { waybill: { code: string; details?: Record<string, unknown> } };
  return { code: waybill.code, details: waybill.details ?? {} };
}
