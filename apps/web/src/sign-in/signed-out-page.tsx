import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { usePageTitle } from "../ui/page-title.ts";

/** Tells whoever is not signed in how to get in. */
export function SignedOutPage() {
  const usedUp = new URLSearchParams(window.location.search).get("reason") === "link";
  usePageTitle(() => "Sign in");
  return (
    <div class="mx-auto max-w-lg py-16">
      <h1 class="mb-4 text-xl font-semibold">
        {usedUp ? "This sign-in link cannot be used" : "You are not signed in"}
      </h1>
      <Card>
        <p>
          {usedUp
            ? "Each link works once, for a day. Make a new one on the machine where Waybill runs:"
            : "Open the link that Waybill printed when it started, or make a new one on the machine where it runs:"}
        </p>
        <pre class="mt-3 overflow-x-auto rounded-md border border-line bg-page p-3 text-sm">npx waybill sign-in</pre>
        <p class="mt-4 flex flex-wrap items-center justify-between gap-2">
          <span class="text-quiet">Signed in meanwhile, in another tab?</span>
          <a href="/" class={buttonClass()}>
            Go to the runs
          </a>
        </p>
      </Card>
    </div>
  );
}
