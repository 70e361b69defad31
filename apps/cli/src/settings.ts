import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { answerMillisecondsMax, readRunningNote } from "@waybill/server/running-note";
import { z } from "zod";
import { CliFailure } from "./failure.ts";

/** Which server the CLI talks to, and what it shows to be let in. */
export interface Connection {
  url: string;
  token: string;
}

const checkout = resolve(import.meta.dirname, "../../..");

/**
 * `WAYBILL_URL` and `WAYBILL_TOKEN`; without them the server that runs on this machine, and its administrator's token
 * where this user may read it. That token goes to no other server. Throws `CliFailure` when a setting is wrong, or when
 * there is no server or no token.
 */
export async function findConnection(environment: NodeJS.ProcessEnv): Promise<Connection> {
  const given = readSettings(environment);
  const here = given.url && given.token ? null : await readRunningNote(given.home);
  const url = given.url ?? here?.url;
  if (!url)
    throw new CliFailure(
      "server_unreachable",
      "No Waybill server runs here. Start one with 'npm start', or name one in WAYBILL_URL.",
    );
  const own = here !== null && new URL(here.url).origin === new URL(url).origin;
  const token = given.token ?? (own ? await readToken(given.home) : null);
  if (!token) throw await whyNotLetIn(url);
  return { url, token };
}

/** The address of something that the server has, such as `trpc` or `files?name=people.csv`. */
export function addressOf({ url }: Pick<Connection, "url">, path: string): string {
  return new URL(path, url.replace(/\/*$/, "/")).href;
}

const settingsSchema = z
  .object({
    WAYBILL_URL: z
      .url({
        protocol: /^https?$/,
        error: "must be an http or https address, such as http://127.0.0.1:4600",
        abort: true,
      })
      .refine(isBare, "must be the address alone, without a user, a query or a fragment")
      .optional(),
    WAYBILL_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
      .optional(),
    WAYBILL_HOME: z.string().default(join(checkout, ".waybill")),
  })
  .transform((given) => ({
    url: given.WAYBILL_URL,
    token: given.WAYBILL_TOKEN,
    home: resolve(given.WAYBILL_HOME),
  }));

function readSettings(environment: NodeJS.ProcessEnv): z.output<typeof settingsSchema> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = settingsSchema.safeParse(present);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  throw new CliFailure("wrong_usage", faults.join(" "));
}

function isBare(address: string): boolean {
  const { username, password, search, hash } = new URL(address);
  return username + password + search + hash === "";
}

/** Why nobody is let in: no server answers, or the one that does is not this machine's and wants a token of its own. */
async function whyNotLetIn(url: string): Promise<CliFailure> {
  const signal = AbortSignal.timeout(answerMillisecondsMax);
  const answers = await fetch(addressOf({ url }, "healthz"), { signal }).then(
    () => true,
    () => false,
  );
  if (!answers) {
    const message = `No server answers at ${url}. See that it runs, or name another in WAYBILL_URL.`;
    return new CliFailure("server_unreachable", message);
  }
  const message = `No token for ${url}. Give one in WAYBILL_TOKEN; it is in the file \`token\` of that server's WAYBILL_HOME.`;
  return new CliFailure("not_signed_in", message);
}

async function readToken(home: string): Promise<string | null> {
  try {
    return (await readFile(join(home, "token"), "utf8")).trim();
  } catch {
    return null;
  }
}
