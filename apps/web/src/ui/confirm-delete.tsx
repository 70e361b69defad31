import { Show } from "solid-js";
import { Button } from "./button.tsx";
import { Confirm } from "./confirm.tsx";
import { Notice } from "./notice.tsx";

/** Whether something is to be deleted, and what needs it. */
interface DeleteQuestion {
  open: () => boolean;
  /** In sentences; undefined until it is known. */
  dependents: () => string | undefined;
  /** Why that could not be found out. */
  fault: () => string | undefined;
  ask: () => void;
  close: () => void;
}

/** Asks before something is deleted that others may need. */
export function ConfirmDelete(props: { question: DeleteQuestion; name: string; text: string; onYes: () => void }) {
  const isLooking = () => props.question.dependents() === undefined && props.question.fault() === undefined;
  const text = () =>
    `${isLooking() ? "Looking for what needs it…" : (props.question.dependents() ?? "")} ${props.text}`;
  return (
    <Confirm
      open={props.question.open()}
      onClose={props.question.close}
      title={`Delete ${props.name}?`}
      text={text().trim()}
      look="danger"
      disabled={isLooking()}
      onYes={props.onYes}
    >
      <Show when={props.question.fault()}>
        {(fault) => (
          <Notice look="bad" class="mt-3">
            <p>What needs it could not be found out, and will fail once it is deleted. {fault()}</p>
            <Button class="mt-2" onClick={props.question.ask}>
              Try again
            </Button>
          </Notice>
        )}
      </Show>
    </Confirm>
  );
}
