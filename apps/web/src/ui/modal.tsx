// The namespaces of Dialog and AlertDialog are one object, whose Content is the one that was read last.
import { Content, Overlay, Portal, Root, Title } from "@kobalte/core/dialog";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { Button } from "./button.tsx";
import { createGiveFocusBack } from "./give-focus-back.ts";

const columns = { narrow: "grid-cols-[minmax(0,28rem)]", wide: "grid-cols-[minmax(0,42rem)]" } as const;

/** A dialog with its title. Whoever closes it is back where they opened it from. */
export function Modal(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  size?: keyof typeof columns;
  children: JSX.Element;
}) {
  const giveFocusBack = createGiveFocusBack(() => props.open);
  return (
    <Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Portal>
        <Overlay class="fixed inset-0 z-40 bg-black/50" />
        <div
          class={`fixed inset-0 z-50 grid justify-center overflow-y-auto p-2 sm:p-4 ${columns[props.size ?? "wide"]}`}
        >
          <Content
            onCloseAutoFocus={giveFocusBack}
            class="my-auto min-w-0 rounded-lg border border-line bg-card p-4 shadow-xl sm:p-5"
          >
            <div class="flex items-start gap-2">
              <Title class="mr-auto min-w-0 text-lg font-semibold wrap-anywhere">{props.title}</Title>
              <Button aria-label="Close" class="border-transparent px-2" onClick={() => props.onClose()}>
                <X size={16} aria-hidden="true" />
              </Button>
            </div>
            {props.children}
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
