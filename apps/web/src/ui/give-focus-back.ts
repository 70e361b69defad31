import { createComputed } from "solid-js";

/** What a dialog does with the focus as it closes: whoever opened it is back where they were. */
export function createGiveFocusBack(open: () => boolean): (event: Event) => void {
  let opener: Element | null = null;
  createComputed(() => {
    if (open()) opener = document.activeElement;
  });
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
  };
}
