import { createSignal } from "solid-js";
import { createStore, produce, reconcile, unwrap } from "solid-js/store";
import type { PlacedFault } from "./set-faults.model.ts";
import {
  emptyStep,
  keyOf,
  moved,
  newParameter,
  type ParameterForm,
  type SetForm,
  type StepForm,
  toDefinition,
} from "./set-form.model.ts";
import type { StepValue } from "./step-value.model.ts";
import { renameParameter } from "./taken-values.model.ts";

/** What was taken out last and can be put back. */
export interface Removed {
  words: string;
  /** The id of the input that has the focus once it is back. */
  input: string;
  putBack: () => void;
}

/** A set that is being written, and what can be done to it. */
export type SetEditor = ReturnType<typeof createSetEditor>;

/** Holds a set while somebody writes it; `version` is the one that it was read at, null for a new set. */
export function createSetEditor(start: SetForm, readAt: number | null) {
  const [form, setForm] = createStore(start);
  const [faults, setFaults] = createSignal<PlacedFault[]>([]);
  const [version, setVersion] = createSignal(readAt);
  const [kept, setKept] = createSignal(write(start));
  const [removed, setRemoved] = createSignal<Removed | null>(null);
  const [said, setSaid] = createSignal("");
  const stepAt = (id: string) => form.steps.findIndex((step) => step.id === id);
  const parameterAt = (id: string) => form.parameters.findIndex((parameter) => parameter.id === id);
  // What was wrong with it may be right by now.
  const forget = (at: string | null) => setFaults((all) => all.filter((fault) => fault.at !== at));

  function take<List extends "steps" | "parameters">(list: List, at: number, words: string, part: string): void {
    const item = form[list][at];
    if (!item) return;
    setForm(list, (items) => items.filter((_, index) => index !== at) as SetForm[List]);
    const putBack = () => {
      setForm(list, (items) => [...items.slice(0, at), item, ...items.slice(at)] as SetForm[List]);
      setRemoved(null);
    };
    setRemoved({ words, input: `${item.id}-${part}`, putBack });
  }

  return {
    form,
    faults,
    setFaults,
    version,
    removed,
    /** What was done by a key or a button, for whoever does not see it. */
    said,
    unsaved: () => write(form) !== kept(),
    markSaved(at: number) {
      setVersion(at);
      setKept(write(form));
      setRemoved(null);
    },
    /** Says that somebody else has saved a version meanwhile, which the next save writes over. */
    meetVersion: (at: number) => setVersion(at),
    patch(changes: Partial<Omit<SetForm, "steps" | "parameters">>) {
      forget(null);
      setForm(changes);
    },
    addStep() {
      setForm("steps", (steps) => [...steps, emptyStep()]);
      return form.steps.at(-1)?.id;
    },
    patchStep(id: string, changes: Partial<Pick<StepForm, "key" | "abort">>) {
      forget(id);
      setForm("steps", stepAt(id), changes);
    },
    /** The values and files of a step are those of its integration, so they go with it. */
    chooseIntegration(id: string, integration: string) {
      forget(id);
      setForm(
        "steps",
        stepAt(id),
        produce((step) => {
          step.integration = integration;
          step.parameters = {};
          step.kept = { attachments: {} };
        }),
      );
    },
    setValue(id: string, key: string, value: StepValue | undefined) {
      forget(id);
      const { [key]: _, ...others } = unwrap(form.steps[stepAt(id)]?.parameters ?? {});
      setForm("steps", stepAt(id), "parameters", reconcile(value === undefined ? others : { ...others, [key]: value }));
    },
    removeStep(id: string) {
      const at = stepAt(id);
      const step = form.steps[at];
      if (step)
        take("steps", at, `Step ${at + 1}${step.integration ? `, ${keyOf(step)},` : ""} is taken out.`, "integration");
    },
    moveStep(id: string, to: number) {
      const from = stepAt(id);
      const step = form.steps[from];
      if (!step || to < 0 || to >= form.steps.length || to === from) return;
      setForm("steps", (steps) => moved(steps, from, to));
      setSaid(`${keyOf(step) || "The step"} is step ${to + 1} of ${form.steps.length} now.`);
    },
    addParameter(like?: Parameters<typeof newParameter>[1]) {
      const parameter = newParameter(form, like);
      setForm("parameters", (parameters) => [...parameters, parameter]);
      return parameter;
    },
    /** Steps that take a parameter follow it to its new key. */
    patchParameter(id: string, changes: Partial<Omit<ParameterForm, "id">>) {
      forget(id);
      const at = parameterAt(id);
      const before = form.parameters[at]?.key;
      if (changes.key !== undefined && before !== undefined) {
        setForm("steps", reconcile(renameParameter(unwrap(form), before, changes.key), { key: "id" }));
      }
      const sameType = changes.type === undefined || changes.type === form.parameters[at]?.type;
      setForm(
        "parameters",
        at,
        produce((parameter) => {
          const { description } = parameter.kept;
          // A default and bounds are those of the type that it had.
          if (!sameType) parameter.kept = description === undefined ? {} : { description };
          Object.assign(parameter, changes);
        }),
      );
    },
    removeParameter(id: string) {
      const at = parameterAt(id);
      take("parameters", at, `The parameter ${form.parameters[at]?.key ?? ""} is taken out.`, "key");
    },
  };
}

function write(form: SetForm): string {
  return JSON.stringify(toDefinition(unwrap(form)));
}
