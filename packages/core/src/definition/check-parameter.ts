import { boundedTypes, checkBounds, type RuleFault } from "./check-bounds.ts";
import type { PathFault, Raw } from "./raw-document.ts";

/** Every rule of a parameter that does not fit its type. */
export function checkParameter(parameter: Raw): PathFault[] {
  const faults: PathFault[] = [];
  const fault: RuleFault = (rule, message) => faults.push({ path: [rule], message });
  const { type } = parameter;
  const fits = (rule: string, types: readonly string[]) => {
    if (parameter[rule] !== undefined && !types.includes(String(type)))
      fault(rule, `does not fit a parameter of type ${type}; it is for ${types.join(", ")}`);
  };
  fits("choices", ["choice", "choices"]);
  fits("min", boundedTypes);
  fits("max", boundedTypes);
  fits("maxLength", ["text", "secret"]);
  if ((type === "choice" || type === "choices") && parameter.choices === undefined)
    fault("choices", `is missing: a parameter of type ${type} needs the values to choose from`);
  const bounded = boundedTypes.find((one) => one === type);
  if (bounded) checkBounds(bounded, parameter.min, parameter.max, fault);
  if (type === "secret" && parameter.default !== undefined)
    fault("default", "cannot stand for a secret: definitions are not secret");
  return faults;
}
