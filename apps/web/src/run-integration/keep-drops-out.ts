import { onCleanup, onMount } from "solid-js";

/** Keeps a file that is dropped beside its place from opening in the browser, since the form would be gone. */
export function keepDropsOut(): void {
  const keepPage = (event: DragEvent) => event.preventDefault();
  onMount(() => {
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
  });
  onCleanup(() => {
    window.removeEventListener("dragover", keepPage);
    window.removeEventListener("drop", keepPage);
  });
}
