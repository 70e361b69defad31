import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readRunningNote } from "@waybill/server/running-note";
import { CliFailure } from "./failure.ts";

/** Which server the CLI talks to, and what it shows to be let in. */
export interface Connection {
  url: string;
  token: string;
}

const checkout = resolve(import.meta.dirname, "../../..");

/**
 * `WAYBILL_URL` and `WAYBILL_TOKEN`; without them the server that runs on this machine, and its administrator's token
 * where this user may read it. Throws `CliFailure` when there is no server or no token.
 */
export async function findConnection(environment: NodeJS.ProcessEnv): Promise<Connection> {
  const home = resolve(environment.WAYBILL_HOME || join(checkout, ".waybill"));
  const url = environment.WAYBILL_URL || (await readRunningNote(home))?.url;
  if (!url)
    throw new CliFailure(
      "server_unreachable",
      "No Waybill server runs here. Start one with 'npm start', or name one in WAYBILL_URL.",
    );
  const token = environment.WAYBILL_TOKEN || (await readToken(home));
  if (!token) throw new CliFailure("not_signed_in", `No token for ${url}. Give one in WAYBILL_TOKEN.`);
  return { url, token };
}

async function readToken(home: string): Promise<string | null> {
  try {
    return (await readFile(join(home, "token"), "utf8")).trim();
  } catch {
    return null;
  }
}
