import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { openSecrets, secretKeys } from "./run-secrets.ts";

/**
 * The parameters of a run, to be given again under a definition. A value that was a secret is given again only to a
 * secret.
 */
export async function givenParameters(
  services: Services,
  runId: string,
  definition: Definition,
): Promise<Record<string, unknown>> {
  const { rows } = await services.database.pool.query<{
    parameters: Record<string, unknown>;
    secrets: Record<string, string>;
  }>("select parameters, secrets from waybill.runs where id = $1", [runId]);
  const { parameters = {}, secrets: sealed = {} } = rows[0] ?? {};
  const secret = new Set(secretKeys(definition));
  const open = Object.entries(parameters).filter(([key, value]) => value !== null && !(key in sealed));
  const kept = Object.entries(sealed).filter(([key]) => secret.has(key));
  return openSecrets(services.masterKey, Object.fromEntries(open), Object.fromEntries(kept));
}
