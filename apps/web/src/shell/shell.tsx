import { Link, Outlet, useLocation } from "@tanstack/solid-router";
import Play from "lucide-solid/icons/play";
import { Show } from "solid-js";
import { serverAway } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useLiveRuns } from "../data/live-runs.ts";
import { useOpenCount } from "../data/records.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useFocusOnArrival } from "./focus-on-arrival.ts";

/** What stands around every page. */
export function Shell() {
  const location = useLocation();
  const signedOut = () => location().pathname === "/signed-out";
  // A table of records is as wide as the screen lets it be.
  const wide = () => location().pathname === "/records";
  useFocusOnArrival();
  return (
    <div
      class="mx-auto grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] px-3 sm:px-6"
      classList={{ "max-w-7xl": !wide(), "max-w-[120rem]": wide() }}
    >
      <a href="#content" class="sr-only focus:not-sr-only focus:absolute focus:m-2 focus:bg-card focus:p-2">
        Skip to the content
      </a>
      <header class="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 sm:gap-x-6">
        <Link to="/" class="flex items-center gap-2 text-lg font-semibold">
          <img src="/icon.svg" alt="" width="26" height="26" />
          <span class="max-[25rem]:sr-only">Waybill</span>
        </Link>
        <Show when={!signedOut()}>
          <nav aria-label="Main" class="flex flex-wrap gap-x-3 gap-y-1 max-sm:order-last max-sm:w-full sm:gap-x-5">
            <Link to="/" {...navLink}>
              Runs
            </Link>
            <Link to="/sets" {...navLink} activeOptions={{ exact: false, includeSearch: false }}>
              Sets
            </Link>
            <Link to="/schedules" {...navLink} activeOptions={{ exact: false, includeSearch: false }}>
              Schedules
            </Link>
            <Link to="/notifications" {...navLink}>
              Notifications
            </Link>
            <Link to="/records" {...navLink}>
              Transaction Assistant <OpenCount />
            </Link>
          </nav>
          <Link to="/run" class={`${buttonClass("primary")} ml-auto`}>
            <Play size={16} aria-hidden="true" />
            Run an Integration
          </Link>
        </Show>
      </header>
      <main id="content" tabindex="-1" class="min-w-0 pb-12">
        <Show when={!signedOut()}>
          <Live />
        </Show>
        <Outlet />
      </main>
    </div>
  );
}

const navLink = {
  class: "rounded px-1 hover:text-ink",
  activeOptions: { exact: true, includeSearch: false },
  activeProps: { class: "text-ink font-medium" },
  inactiveProps: { class: "text-quiet" },
};

/** How many rejected records wait for somebody. */
function OpenCount() {
  const open = useOpenCount();
  return (
    <Show when={open.data?.open}>
      {(count) => (
        <span class="rounded-full bg-line px-1.5 py-0.5 text-xs font-medium text-ink tabular-nums">
          {formatNumber(count())}
          <span class="sr-only"> open records</span>
        </span>
      )}
    </Show>
  );
}

/** Keeps every page up to date, and says when it cannot. */
function Live() {
  useLiveRuns();
  return (
    <div aria-live="polite">
      <Show when={connectionLost()}>
        <Notice look="warn" class="mb-4">
          {serverAway}
        </Notice>
      </Show>
    </div>
  );
}

/** For an address that leads nowhere. */
export function NotFound() {
  usePageTitle(() => "No such page");
  return (
    <div class="grid place-items-center gap-3 py-24">
      <h1 class="text-xl font-semibold">There is no such page</h1>
      <Link to="/" class={buttonClass()}>
        Go to the runs
      </Link>
    </div>
  );
}

/** For a page that broke: nothing was lost on the server, and reading it anew usually helps. */
export function PageFault(props: { error: Error }) {
  return (
    <div class="grid justify-items-center gap-3 py-24 text-center">
      <h1 class="text-xl font-semibold">This page broke</h1>
      <p class="text-quiet">{props.error.message}</p>
      <Button onClick={() => window.location.reload()}>Read it again</Button>
    </div>
  );
}
