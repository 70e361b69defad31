import { setTimeout as delay } from "node:timers/promises";
import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import type { AppRouter, RouterOutputs } from "@waybill/api";

/** A run as the API tells of it. */
export type Run = RouterOutputs["runs"]["get"];

/** A line of a run's log as the API gives it. */
export type RunLogLine = RouterOutputs["runs"]["log"]["items"][number];

/** Where a server answers, and what opens it. */
export interface Address {
  url: string;
  token: string;
}

/** The public API as its users have it: calls that fail with the world are made again until they succeed. */
export class Api {
  readonly #find: () => Address;

  /** `find` is asked before every call, since a server that starts again has another address. */
  constructor(find: () => Address) {
    this.#find = find;
  }

  /** Makes a call until the server gives an answer of its own. Throws what the server refuses, or after two minutes. */
  async ask<Value>(call: (client: TRPCClient<AppRouter>) => Promise<Value>): Promise<Value> {
    return await patiently(() => call(this.#client()));
  }

  /** Sends a file, and gives its id. */
  async upload(name: string, bytes: Uint8Array): Promise<string> {
    return await patiently(async () => {
      const { url, token } = this.#find();
      const headers = { Authorization: `Bearer ${token}` };
      const body = Buffer.from(bytes);
      const signal = AbortSignal.timeout(answerMillisecondsMax);
      const answer = await fetch(`${url}/files?name=${name}`, { method: "POST", headers, body, signal });
      if (!answer.ok) throw new Error(`The upload was answered with ${answer.status}: ${await answer.text()}`);
      return ((await answer.json()) as { id: string }).id;
    });
  }

  /** Every run there is, newest first. */
  async allRuns(): Promise<RouterOutputs["runs"]["list"]["items"]> {
    const runs: RouterOutputs["runs"]["list"]["items"] = [];
    let cursor: string | null = null;
    do {
      const page: RouterOutputs["runs"]["list"] = await this.ask((client) =>
        client.runs.list.query({ limit: pageItemsMax, cursor }),
      );
      runs.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return runs;
  }

  async logOf(run: string): Promise<RunLogLine[]> {
    return (await this.ask((client) => client.runs.log.query({ run, limit: pageItemsMax }))).items;
  }

  #client(): TRPCClient<AppRouter> {
    const { url, token } = this.#find();
    const headers = { Authorization: `Bearer ${token}` };
    return createTRPCClient<AppRouter>({
      links: [
        httpLink({ url: `${url}/trpc`, headers, fetch: (address, init) => inTime(address, init as RequestInit) }),
      ],
    });
  }
}

/** What the server refused, by its stable code; null for any other error. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data = error.data as { httpStatus?: number; waybill?: { code?: string } } | null | undefined;
  return data?.httpStatus && data.httpStatus < 500 ? (data.waybill?.code ?? error.message) : null;
}

const pageItemsMax = 500;
const answerMillisecondsMax = 20_000;
const patienceMilliseconds = 120_000;
const pauseMilliseconds = 250;

function inTime(address: URL | string | Request, init: RequestInit): Promise<Response> {
  return fetch(address, { ...init, signal: AbortSignal.timeout(answerMillisecondsMax) });
}

async function patiently<Value>(attempt: () => Promise<Value>): Promise<Value> {
  const since = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (refusalOf(error) !== null || performance.now() - since > patienceMilliseconds) throw error;
      await delay(pauseMilliseconds);
    }
  }
}
