import { type JSX, Show } from "solid-js";
import { Button, type ButtonProps } from "./button.tsx";
import { Modal } from "./modal.tsx";
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
  return (
    <Modal open={props.open} onClose={props.onClose} title={props.title} size="narrow">
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
    </Modal>
  );
}
