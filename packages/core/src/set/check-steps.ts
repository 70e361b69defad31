import type { Context } from "../context.ts";
import type { Parameter } from "../definition/definition.ts";
import type { PathFault } from "../definition/raw-document.ts";
import { isEmpty, type Moment, resolveValue } from "../definition/resolve-parameters.ts";
import { WaybillError } from "../errors.ts";
import type { Integration } from "../integration/integration.ts";
import { findIntegration } from "../integration/read-integration.ts";
import { listNames } from "../record/match-header.ts";
import type { SetDefinition, SetStep } from "./set-definition.ts";
import { whyNotTaken } from "./taken-value.ts";

/** What is wrong with the steps of a set as the integrations that they name stand now. */
export async function checkSteps(ctx: Context, { steps, parameters, timeZone }: SetDefinition): Promise<PathFault[]> {
  const faults: PathFault[] = [];
  for (const [index, step] of steps.entries()) {
    const path = ["steps", index];
    const integration = await find(ctx, step.integration);
    if (typeof integration === "string") {
      faults.push({ path: [...path, "integration"], message: integration });
      continue;
    }
    const moment = { now: ctx.clock.now(), timeZone: timeZone ?? ctx.timeZone };
    const found = [...checkValues(step, integration, { parameters, moment }), ...checkAttachments(step, integration)];
    faults.push(...found.map((fault) => ({ path: [...path, ...fault.path], message: fault.message })));
  }
  return faults;
}

/** An integration that may be a step, or why it may not. */
async function find(ctx: Context, key: string): Promise<Integration | string> {
  try {
    const integration = await findIntegration(ctx, key);
    return integration.deleted ? `names ${JSON.stringify(key)}, which has been deleted. ${remedy}` : integration;
  } catch (error) {
    if (error instanceof WaybillError) return `names ${JSON.stringify(key)}, which is no integration`;
    throw error;
  }
}

const remedy = "Restore it, or take the step out";

/** What the values of a step are checked with: the parameters of its set, and the moment at which `today` is meant. */
interface Basis {
  parameters: readonly Parameter[];
  moment: Moment;
}

function checkValues(
  { parameters: given }: SetStep,
  { key, definition }: Integration,
  { parameters, moment }: Basis,
): PathFault[] {
  const names = definition.parameters.map((parameter) => parameter.key);
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: ["parameters", name], message: `is no parameter of ${key}. ${sayKnown(names)}` }));
  const misfit = definition.parameters.flatMap((parameter): PathFault[] => {
    const value = given[parameter.key];
    const path = ["parameters", parameter.key];
    if (value === undefined || isEmpty(value)) {
      if (!parameter.required || parameter.default !== undefined) return [];
      return [{ path, message: `is missing: ${key} needs ${parameter.key} (${parameter.label})` }];
    }
    if (isTaken(value)) {
      const from = parameters.find((one) => one.key === value.parameter);
      const why = from ? whyNotTaken(parameter, from, moment) : null;
      return why ? [{ path, message: why }] : [];
    }
    if (parameter.type === "secret") {
      return [{ path, message: "is a secret. Take it from a parameter of the set, of type secret" }];
    }
    const resolved = resolveValue(parameter, value, moment);
    return "reason" in resolved ? [{ path, message: resolved.reason }] : [];
  });
  return [...unknown, ...misfit];
}

/** Whether a value is taken from a parameter of the set. */
export function isTaken(value: SetStep["parameters"][string]): value is { parameter: string } {
  return typeof value === "object" && "parameter" in value;
}

function checkAttachments({ attachments }: SetStep, { key, definition }: Integration): PathFault[] {
  const names = definition.attachments.map((attachment) => attachment.key);
  return Object.keys(attachments)
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: ["attachments", name], message: `is no attachment of ${key}. ${sayKnown(names)}` }));
}

function sayKnown(names: string[]): string {
  return names.length > 0 ? `It has ${listNames(names)}` : "It has none";
}
