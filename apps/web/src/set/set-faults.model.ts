import type { ApiFault } from "../data/api.ts";
import { sentence } from "../ui/sentence.ts";
import type { SetForm } from "./set-form.model.ts";

/** A fault of a definition, at the step or the parameter that it is of; `at` is null for the set itself. */
export interface PlacedFault {
  at: string | null;
  /** The rest of its path, such as `integration` or `parameters.day`. */
  part: string;
  message: string;
}

interface DefinitionFault {
  path: string;
  message: string;
}

/** The faults of a definition that the server refused, each where it belongs; every other fault is one of the set. */
export function placeFaults(fault: ApiFault, form: Pick<SetForm, "steps" | "parameters">): PlacedFault[] {
  const told = fault.details?.faults;
  if (!Array.isArray(told)) return [{ at: null, part: "", message: fault.message }];
  return (told as DefinitionFault[]).map(({ path, message }) => {
    const [, list, index, rest = ""] = /^(steps|parameters)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    const at = list === "steps" || list === "parameters" ? form[list][Number(index)]?.id : undefined;
    return at === undefined ? { at: null, part: path, message } : { at, part: rest, message };
  });
}

/** What to say beneath the input of a part, as a sentence. */
export function faultAt(faults: readonly PlacedFault[], at: string | null, part: string): string | undefined {
  const found = faults
    .filter((fault) => fault.at === at && fault.part === part)
    .map(({ message }) => sentence(message));
  return found.length > 0 ? found.join(" ") : undefined;
}

/** Those that belong to a step or a parameter, or to the set, and to none of the parts that have an input. */
export function otherFaults(
  faults: readonly PlacedFault[],
  at: string | null,
  hasInput: (part: string) => boolean,
): string[] {
  return faults
    .filter((fault) => fault.at === at && !hasInput(fault.part))
    .map(({ part, message }) => (part ? `${part} ${message}` : sentence(message)));
}
