import { Card } from "../ui/card.tsx";

/** Tells whoever is not signed in how to get in. */
export function SignedOutPage() {
  const usedUp = new URLSearchParams(window.location.search).get("reason") === "link";
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
      </Card>
    </div>
  );
}
