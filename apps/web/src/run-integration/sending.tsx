import { Show } from "solid-js";

/** Which file is being sent, and how much of it is there. */
export function Sending(props: { sending: { name: string; share: number } | null }) {
  return (
    <>
      <span role="status" class="text-quiet">
        {props.sending ? `Sending ${props.sending.name}` : ""}
      </span>
      <Show when={props.sending}>
        {(sending) => <span class="text-quiet tabular-nums">, {Math.round(sending().share * 100)} %</span>}
      </Show>
    </>
  );
}
