import { createEffect, onCleanup } from "solid-js";
import { inputClass } from "./field.tsx";

const pauseMilliseconds = 200;

/** A search that waits for a pause in typing. What is being typed stays, however late `value` follows. */
export function SearchInput(props: { label: string; value: string; onSearch: (text: string) => void; class?: string }) {
  let input!: HTMLInputElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = () => {
    timer = undefined;
    if (input.value !== props.value) props.onSearch(input.value);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(search, pauseMilliseconds);
  };
  createEffect(() => {
    const { value } = props;
    if (timer === undefined) input.value = value;
  });
  onCleanup(() => clearTimeout(timer));
  return (
    <input
      ref={input}
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      class={`${inputClass} ${props.class ?? ""}`}
      onInput={wait}
    />
  );
}
