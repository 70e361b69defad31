import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createEffect, Show } from "solid-js";
import { cellAria } from "./cell-aria.ts";
import { CellEditor } from "./cell-editor.tsx";
import type { GridInput } from "./grid-input.ts";

interface CellProps {
  name: string;
  text: string;
  faults: string[];
  /** As it came, where it has been changed. */
  original: string | undefined;
  column: number;
  writable: boolean;
  active: boolean;
  inBlock: boolean;
  /** What is being typed. */
  edit: string | undefined;
  focused: boolean;
  input: GridInput;
  onPress: (extend: boolean) => void;
  onType: (text: string) => void;
}

/** A text of the source: what is wrong with it and what was changed can be seen without colours. */
export function GridCell(props: CellProps) {
  let cell!: HTMLTableCellElement;
  createEffect(() => {
    if (props.active && props.edit === undefined) showActive(cell, props.focused);
  });
  const faulty = () => props.faults.length > 0;
  const hint = () =>
    [
      ...props.faults,
      props.original !== undefined && `It came as: ${props.original || "(empty)"}`,
      !faulty() && props.text,
    ]
      .filter(Boolean)
      .join("\n");
  return (
    <td
      ref={cell}
      {...cellAria({
        column: props.column,
        active: props.active,
        writable: props.writable,
        faulty: faulty(),
        selected: props.inBlock,
      })}
      data-edited={props.original === undefined ? undefined : ""}
      title={hint()}
      class="relative min-w-0 scroll-ml-[104px] scroll-mt-9 cursor-default border-l border-line px-2 py-[5px] -outline-offset-2! select-none data-edited:before:absolute data-edited:before:top-0 data-edited:before:right-0 data-edited:before:border-[4px] data-edited:before:border-accent data-edited:before:border-b-transparent data-edited:before:border-l-transparent"
      classList={{
        "bg-accent/10": props.inBlock && !faulty(),
        "bg-bad/10 text-bad": faulty(),
        "outline-2 outline-accent": props.active,
      }}
      onPointerDown={(event) => event.pointerType === "mouse" && press(event, props)}
      onPointerUp={(event) => event.pointerType !== "mouse" && touch(event, props)}
      onPointerEnter={(event) => event.buttons === 1 && event.pointerType === "mouse" && props.onPress(true)}
      onDblClick={() => props.input.begin()}
    >
      <Show
        when={props.edit !== undefined}
        fallback={
          <span class="flex items-center gap-1" dir="auto">
            <Show when={faulty()}>
              <TriangleAlert size={13} class="shrink-0" aria-hidden="true" />
            </Show>
            <span
              class="truncate whitespace-pre"
              classList={{ "underline decoration-wavy decoration-1 underline-offset-4": faulty() }}
            >
              {props.text || (faulty() ? "(empty)" : "")}
            </span>
          </span>
        }
      >
        <CellEditor
          name={props.name}
          text={props.edit ?? ""}
          faults={props.faults}
          input={props.input}
          onType={props.onType}
        />
      </Show>
    </td>
  );
}

/** Puts the focus on the active cell and scrolls it into view, as long as somebody works in the grid. */
export function showActive(cell: HTMLElement, focused: boolean): void {
  if (!focused) return;
  queueMicrotask(() => {
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function press(event: PointerEvent, props: CellProps): void {
  if (event.button === 0 && props.edit === undefined) props.onPress(event.shiftKey);
}

/** A finger that comes down may be about to scroll, so only what it touches and leaves counts; the second time it edits. */
function touch(event: PointerEvent, props: CellProps): void {
  const again = props.active && props.focused;
  press(event, props);
  if (again && props.edit === undefined) props.input.begin();
}
