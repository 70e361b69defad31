import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { localAdministrator } from "@waybill/core/access/sign-in";
import type { Context, Services } from "@waybill/core/context";
import { applyIntegration } from "@waybill/core/integration/apply-integration";
import { hasIntegrations } from "@waybill/core/integration/list-integrations";
import { importKey } from "@waybill/core/key/import-key";

/** Installs the sample integrations, and the key of their encrypted files, in a Waybill that has no integration yet. */
export async function installSamples(services: Services, folder: string): Promise<void> {
  if (await hasIntegrations(services)) return;
  const ctx: Context = { ...services, actor: localAdministrator };
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  for (const name of names) await applyIntegration(ctx, { yaml: await readFile(join(folder, name), "utf8") });
  await importKey(ctx, { armored: await readFile(join(folder, "keys", "sample-private-key.asc"), "utf8") });
}
