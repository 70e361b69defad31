import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import GripVertical from "lucide-solid/icons/grip-vertical";
import Trash from "lucide-solid/icons/trash";
import { type JSX, Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { SetEditor } from "./set-editor.ts";
import { otherFaults } from "./set-faults.model.ts";
import { keyOf, type StepForm } from "./set-form.model.ts";
import { StepFields } from "./step-fields.tsx";
import { StepValues } from "./step-values.tsx";

/** One step: where it stands, what it runs and with which values. */
export function StepCard(props: {
  editor: SetEditor;
  step: StepForm;
  position: number;
  dragged: boolean;
  /** Where a step that is dragged would come to stand. */
  mark: "before" | "after" | null;
  onDrag: () => void;
  onOver: (after: boolean) => void;
  onDrop: () => void;
  onLetGo: () => void;
}) {
  let card!: HTMLFieldSetElement;
  let handle!: HTMLSpanElement;
  const name = () => `Step ${props.position}${props.step.integration ? `, ${keyOf(props.step)}` : ""}`;
  const last = () => props.position === props.editor.form.steps.length;
  const move = (by: number) => {
    const focused = document.activeElement;
    props.editor.moveStep(props.step.id, props.position - 1 + by);
    // What moves in a page loses the focus.
    if (focused instanceof HTMLElement && card.contains(focused)) focused.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    // There Alt and an arrow open the list.
    if (!event.altKey || by === undefined || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    move(by);
  };
  const faults = () => otherFaults(props.editor.faults(), props.step.id, (part) => hasInput(part));
  return (
    <li
      class="relative"
      classList={{
        "before:absolute before:-top-2 before:h-1 before:w-full before:rounded before:bg-accent":
          props.mark === "before",
        "after:absolute after:-bottom-2 after:h-1 after:w-full after:rounded after:bg-accent": props.mark === "after",
      }}
    >
      <fieldset
        ref={card}
        aria-label={name()}
        class="grid min-w-0 gap-3 rounded-lg border border-line bg-card p-3 sm:p-4"
        classList={{ "opacity-50": props.dragged }}
        onKeyDown={onKeyDown}
        onDragStart={(event) => {
          // Text that is dragged out of an input is no step.
          if (event.target !== handle) return;
          event.dataTransfer?.setData("text/plain", name());
          event.dataTransfer?.setDragImage(card, 0, 0);
          props.onDrag();
        }}
        onDragEnd={() => props.onLetGo()}
        onDragOver={(event) => {
          event.preventDefault();
          const { top, height } = card.getBoundingClientRect();
          props.onOver(event.clientY > top + height / 2);
        }}
        onDrop={(event) => {
          event.preventDefault();
          props.onDrop();
        }}
      >
        <div class="flex flex-wrap items-center gap-2">
          <span
            ref={handle}
            draggable="true"
            title="Drag the step to another place"
            class="-ml-1 cursor-grab text-quiet"
          >
            <GripVertical size={18} aria-hidden="true" />
          </span>
          <span class="mr-auto font-medium wrap-anywhere">Step {props.position}</span>
          <IconButton label={`Move step ${props.position} up`} off={props.position === 1} onClick={() => move(-1)}>
            <ArrowUp size={16} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Move step ${props.position} down`} off={last()} onClick={() => move(1)}>
            <ArrowDown size={16} aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Take step ${props.position} out`}
            off={false}
            onClick={() => props.editor.removeStep(props.step.id)}
          >
            <Trash size={16} aria-hidden="true" />
          </IconButton>
        </div>
        <StepFields editor={props.editor} step={props.step} position={props.position} />
        <StepValues editor={props.editor} step={props.step} />
        <Show when={faults()[0]}>
          <Notice look="bad">{faults().join("\n")}</Notice>
        </Show>
      </fieldset>
    </li>
  );
}

const hasInput = (part: string) => part === "integration" || part === "key" || /^parameters\.\w+$/.test(part);

function IconButton(props: { label: string; off: boolean; onClick: () => void; children: JSX.Element }) {
  return (
    <Button
      class="px-2"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.off}
      onClick={() => !props.off && props.onClick()}
    >
      {props.children}
    </Button>
  );
}
