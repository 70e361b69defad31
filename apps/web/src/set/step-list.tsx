import Plus from "lucide-solid/icons/plus";
import { createSignal, For } from "solid-js";
import { Button } from "../ui/button.tsx";
import type { SetEditor } from "./set-editor.ts";
import { StepCard } from "./step-card.tsx";

/** The steps in their order, which is changed by dragging, by buttons and by keys. */
export function StepList(props: { editor: SetEditor }) {
  const editor = props.editor;
  const [dragged, setDragged] = createSignal<string | null>(null);
  /** Before which step it would be put. */
  const [gap, setGap] = createSignal<number | null>(null);
  let list!: HTMLOListElement;
  const steps = () => editor.form.steps;
  const drop = () => {
    const id = dragged();
    const from = steps().findIndex((step) => step.id === id);
    const to = gap();
    if (id !== null && to !== null) editor.moveStep(id, to > from ? to - 1 : to);
    letGo();
  };
  const letGo = () => {
    setDragged(null);
    setGap(null);
  };
  const add = () => {
    editor.addStep();
    list.querySelector<HTMLElement>("li:last-child select")?.focus();
  };
  return (
    <section aria-labelledby="steps-title" class="grid min-w-0 gap-3">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h2 id="steps-title" class="font-semibold">
          Steps
        </h2>
        <p class="text-sm text-quiet">They run from the top down. Alt+↑ and Alt+↓ move the step that you are in.</p>
      </div>
      <ol ref={list} class="grid gap-3">
        <For each={steps()}>
          {(step, at) => (
            <StepCard
              editor={editor}
              step={step}
              position={at() + 1}
              dragged={dragged() === step.id}
              mark={gap() === at() ? "before" : gap() === at() + 1 ? "after" : null}
              onDrag={() => setDragged(step.id)}
              onOver={(after) => dragged() !== null && setGap(after ? at() + 1 : at())}
              onDrop={drop}
              onLetGo={letGo}
            />
          )}
        </For>
      </ol>
      <p class="sr-only" aria-live="polite">
        {editor.said()}
      </p>
      <div>
        <Button onClick={add}>
          <Plus size={16} aria-hidden="true" />
          Add a step
        </Button>
      </div>
    </section>
  );
}
