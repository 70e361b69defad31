import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { resolveParameters } from "../definition/resolve-parameters.ts";
import { WaybillError } from "../errors.ts";

/** The parameters of a run that starts now. Throws what is wrong with the first of those that are wrong, and names all. */
export function resolveGiven(
  services: Services,
  { definition }: { definition: Pick<Definition, "parameters" | "timeZone"> },
  given: Record<string, unknown>,
): Record<string, unknown> {
  const timeZone = definition.timeZone ?? services.timeZone;
  const resolved = resolveParameters(definition, given, { now: services.clock.now(), timeZone });
  if (resolved.ok) return resolved.values;
  const [first] = resolved.faults;
  const message = resolved.faults.map((fault) => fault.message).join(" ");
  throw new WaybillError(first?.code ?? "parameter_invalid", message, { faults: resolved.faults });
}
