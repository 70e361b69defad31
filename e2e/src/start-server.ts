import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@waybill/server/serve";
import { readServerSettings } from "@waybill/server/settings";

/** Starts a server of its own, with the samples installed, for all browser tests; it is gone after them. */
export default async function startServer(): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), "waybill-e2e-"));
  await chmod(home, 0o711);
  const { DATABASE_URL: _, ...environment } = process.env;
  const settings = readServerSettings({ ...environment, PORT: "0", WAYBILL_HOME: home, WAYBILL_SAMPLES: "on" });
  const server = await serve(settings, console);
  process.env.E2E_URL = server.url;
  process.env.E2E_TOKEN = server.token;
  return async () => {
    await server.close();
    await rm(home, { recursive: true, force: true });
  };
}
