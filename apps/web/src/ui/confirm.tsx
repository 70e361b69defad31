import { AlertDialog } from "@kobalte/core/alert-dialog";
import type { JSX } from "solid-js";
import { Button, type ButtonProps } from "./button.tsx";
import { createGiveFocusBack } from "./give-focus-back.ts";

/** Asks Yes or No before `onYes`. */
export function Confirm(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  text: string;
  onYes: () => void;
  look?: ButtonProps["look"];
  /** Whether Yes cannot be said yet. */
  disabled?: boolean;
  /** What more is to be said, or done, before the answer. */
  children?: JSX.Element;
}) {
  const giveFocusBack = createGiveFocusBack(() => props.open);
  return (
    <AlertDialog open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-black/50" />
        <div class="fixed inset-0 z-50 grid place-items-center p-4">
          <AlertDialog.Content
            onCloseAutoFocus={giveFocusBack}
            class="w-full max-w-md rounded-lg border border-line bg-card p-5 shadow-xl"
          >
            <AlertDialog.Title class="text-lg font-semibold wrap-anywhere">{props.title}</AlertDialog.Title>
            <AlertDialog.Description class="mt-2 text-quiet wrap-anywhere">{props.text}</AlertDialog.Description>
            {props.children}
            <div class="mt-5 flex justify-end gap-2">
              <Button onClick={() => props.onClose()}>No</Button>
              <Button
                look={props.look ?? "primary"}
                disabled={props.disabled}
                onClick={() => {
                  props.onClose();
                  props.onYes();
                }}
              >
                Yes
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog>
  );
}
