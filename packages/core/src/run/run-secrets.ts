import type { Definition } from "../definition/definition.ts";
import { openSecret, sealSecret } from "../key/seal-secret.ts";

/** What stands in place of a secret wherever people look. */
const secretMask = "********";

/** The values with every secret hidden. */
export function maskSecrets(
  definition: Pick<Definition, "parameters">,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const hidden = secretKeys(definition).filter((key) => values[key] != null);
  return { ...values, ...Object.fromEntries(hidden.map((key) => [key, secretMask])) };
}

/** The secrets alone, each sealed with the master key, in base64. */
export function sealSecrets(
  masterKey: Uint8Array,
  definition: Pick<Definition, "parameters">,
  values: Record<string, unknown>,
): Record<string, string> {
  const present = secretKeys(definition).filter((key) => values[key] != null);
  const seal = (key: string) => Buffer.from(sealSecret(masterKey, Buffer.from(String(values[key])))).toString("base64");
  return Object.fromEntries(present.map((key) => [key, seal(key)]));
}

/** The values with the secrets put back. */
export function openSecrets(
  masterKey: Uint8Array,
  masked: Record<string, unknown>,
  sealed: Record<string, string>,
): Record<string, unknown> {
  const open = (text: string) => Buffer.from(openSecret(masterKey, Buffer.from(text, "base64"))).toString("utf8");
  return { ...masked, ...Object.fromEntries(Object.entries(sealed).map(([key, text]) => [key, open(text)])) };
}

/** The keys of the parameters that are secrets. */
export function secretKeys(definition: Pick<Definition, "parameters">): string[] {
  return definition.parameters.filter((parameter) => parameter.type === "secret").map((parameter) => parameter.key);
}
