import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a process is for: to answer the API, or to execute runs. */
export type Role = "web" | "worker";

/** What all processes of one Waybill share. */
export interface Secrets {
  masterKey: string;
  token: string;
}

export function makeSecrets(): Secrets {
  return { masterKey: randomBytes(32).toString("base64"), token: randomBytes(32).toString("base64url") };
}

/** Makes the home of a server, and gives the environment that the server starts with. */
export async function furnish(home: string, { databaseUrl, secrets, role }: Identity): Promise<Record<string, string>> {
  await mkdir(home, { recursive: true, mode: 0o711 });
  await writeFile(join(home, "token"), `${secrets.token}\n`, { mode: 0o600 });
  return {
    DATABASE_URL: databaseUrl,
    PORT: "0",
    WAYBILL_HOME: home,
    WAYBILL_MASTER_KEY: secrets.masterKey,
    WAYBILL_ROLE: role,
    WAYBILL_SAMPLES: "off",
  };
}

interface Identity {
  databaseUrl: string;
  secrets: Secrets;
  role: Role;
}
