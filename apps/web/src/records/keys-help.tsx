import { CloseButton, Content, Overlay, Portal, Root, Title, Trigger } from "@kobalte/core/dialog";
import Keyboard from "lucide-solid/icons/keyboard";
import { For } from "solid-js";
import { buttonClass } from "../ui/button.tsx";

const keys = [
  ["Arrows, Home, End, Page Up, Page Down", "go through the cells; with Shift they mark a block"],
  ["F8, Shift+F8", "the next and the previous issue; n and p where nothing can be typed"],
  ["Enter, F2, or just typing", "edit the cell"],
  ["Enter, Tab", "keep the edit and go down, or right"],
  ["Escape", "give the edit up"],
  ["Shift+Enter", "a new line within the cell"],
  ["Delete", "empty the cells"],
  ["Ctrl+C, Ctrl+V", "copy and paste blocks, also from a spreadsheet"],
  ["Ctrl+Z, Ctrl+Y", "take back, and do again"],
  ["Space, Ctrl+A", "select the records of the block, or all"],
] as const;

/** What the keys of the grid do. */
export function KeysHelp() {
  return (
    <Root>
      <Trigger class={`${buttonClass()} px-2`} aria-label="Keys" title="What the keys do">
        <Keyboard size={16} aria-hidden="true" />
      </Trigger>
      <Portal>
        <Overlay class="fixed inset-0 z-40 bg-black/50" />
        <div class="fixed inset-0 z-50 grid place-items-center overflow-y-auto p-4">
          <Content class="w-full max-w-lg rounded-lg border border-line bg-card p-5 shadow-xl">
            <Title class="text-lg font-semibold">Keys</Title>
            <dl class="mt-3 grid gap-2 text-sm">
              <For each={keys}>
                {([pressed, does]) => (
                  <div class="grid gap-x-4 sm:grid-cols-[13rem_1fr]">
                    <dt class="font-medium">{pressed}</dt>
                    <dd class="text-quiet">{does}</dd>
                  </div>
                )}
              </For>
            </dl>
            <div class="mt-5 flex justify-end">
              <CloseButton aria-label="Close" class={buttonClass()}>
                Close
              </CloseButton>
            </div>
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
