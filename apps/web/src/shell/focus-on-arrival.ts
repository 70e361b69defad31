import { useRouter } from "@tanstack/solid-router";
import { onCleanup } from "solid-js";

/** Moves the focus to a page's content when a person goes there, unless the page has put it where its work begins. */
export function useFocusOnArrival(): void {
  const router = useRouter();
  const stop = router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
    const content = document.getElementById("content");
    const focused = document.activeElement;
    const lost = focused === null || focused === document.body;
    if (!fromLocation || !content || content.contains(focused)) return;
    if (pathChanged || lost) content.focus({ preventScroll: true });
  });
  onCleanup(stop);
}
