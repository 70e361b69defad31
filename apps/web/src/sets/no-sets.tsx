import { Link } from "@tanstack/solid-router";
import { buttonClass } from "../ui/button.tsx";

/** What stands where sets would be. */
export function NoSets() {
  return (
    <div class="grid justify-items-center gap-3 rounded-lg border border-dashed border-line px-4 py-16 text-center">
      <p class="font-medium">There is no set yet</p>
      <p class="max-w-md text-quiet">
        A set runs integrations one after the other. When a step fails it stops, and goes on from there once that is
        mended.
      </p>
      <Link to="/sets/new" class={buttonClass("primary")}>
        New set
      </Link>
      <p class="text-sm text-quiet">
        Or apply a definition: <code class="wrap-anywhere">npx waybill sets apply FILE</code>
      </p>
    </div>
  );
}
