import { createEffect, createSignal, onCleanup } from "solid-js";

/** A value that follows another once that has stayed the same for so long. */
export function createSettled<Value>(value: () => Value, milliseconds: number): () => Value | undefined {
  const [settled, setSettled] = createSignal<Value>();
  createEffect(() => {
    const next = value();
    const timer = setTimeout(() => setSettled(() => next), milliseconds);
    onCleanup(() => clearTimeout(timer));
  });
  return settled;
}
