import { createEffect } from "solid-js";

/** Names the page in the browser's tab and history, and to whoever listens instead of looking. */
export function usePageTitle(title: () => string): void {
  createEffect(() => {
    document.title = `${title()} · Waybill`;
  });
}
