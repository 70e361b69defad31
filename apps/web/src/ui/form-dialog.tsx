// The namespaces of Dialog and AlertDialog are one object, whose Content is the one that was read last.
import { Content, Overlay, Portal, Root, Title } from "@kobalte/core/dialog";
import { createComputed, type JSX, Show } from "solid-js";
import { Button, type ButtonProps } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Asks for what an action needs before it is done. It stays open, with the fault, when the action fails. */
export function FormDialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What pressing the button does. */
  action: string;
  onAction: () => void;
  pending: boolean;
  disabled?: boolean;
  fault: string | undefined;
  look?: ButtonProps["look"];
  children: JSX.Element;
}) {
  let opener: Element | null = null;
  createComputed(() => {
    if (props.open) opener = document.activeElement;
  });
  const giveFocusBack = (event: Event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
  };
  return (
    <Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Portal>
        <Overlay class="fixed inset-0 z-40 bg-black/50" />
        <div class="fixed inset-0 z-50 grid place-items-center overflow-y-auto p-4">
          <Content
            onCloseAutoFocus={giveFocusBack}
            class="w-full max-w-md rounded-lg border border-line bg-card p-5 shadow-xl"
          >
            <Title class="text-lg font-semibold wrap-anywhere">{props.title}</Title>
            <form
              class="mt-3 grid gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                if (!props.pending && !props.disabled) props.onAction();
              }}
            >
              {props.children}
              <Show when={props.fault}>{(fault) => <Notice look="bad">{fault()}</Notice>}</Show>
              <div class="flex justify-end gap-2">
                <Button onClick={() => props.onClose()}>Cancel</Button>
                <Button type="submit" look={props.look ?? "primary"} disabled={props.pending || props.disabled}>
                  {props.action}
                </Button>
              </div>
            </form>
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
