import { createSignal, For, onMount, Show } from "solid-js";
import type { GridInput } from "./grid-input.ts";
import { stepAfterEdit } from "./grid-keys.model.ts";

const faultsPixelsMax = 288;

/** Where a text is typed, with what is still wrong with it beneath. */
export function CellEditor(props: {
  name: string;
  text: string;
  faults: string[];
  input: GridInput;
  onType: (text: string) => void;
}) {
  let area!: HTMLTextAreaElement;
  const [atEdge, setAtEdge] = createSignal(false);
  onMount(() => {
    const grid = area.closest("table")?.parentElement?.getBoundingClientRect();
    setAtEdge(grid !== undefined && area.getBoundingClientRect().left + faultsPixelsMax > grid.right);
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = stepAfterEdit(event);
    if (step) {
      event.preventDefault();
      props.input.keep(step);
    } else if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      props.input.giveUp();
    }
  };
  return (
    <div class="absolute -inset-px z-30 w-fit min-w-[calc(100%+2px)]">
      <textarea
        ref={area}
        rows={1}
        aria-label={props.name}
        aria-invalid={props.faults.length > 0}
        aria-describedby="cell-faults"
        class="block max-h-40 min-h-[33px] w-full max-w-md resize-none field-sizing-content border-2 border-accent bg-card px-[7px] py-1 text-ink outline-none! aria-invalid:border-bad"
        value={props.text}
        spellcheck={false}
        onInput={(event) => props.onType(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => props.input.keep()}
      />
      <div id="cell-faults" aria-live="polite" class="absolute" classList={{ "right-0": atEdge() }}>
        <Show when={props.faults.length > 0}>
          <div
            class="w-max border border-bad bg-card px-2 py-1 text-bad whitespace-normal shadow-lg"
            style={{ "max-width": `${faultsPixelsMax}px` }}
          >
            <For each={props.faults}>{(fault) => <p>{fault}</p>}</For>
          </div>
        </Show>
      </div>
    </div>
  );
}
