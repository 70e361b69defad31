import { Link } from "@tanstack/solid-router";
import { buttonClass } from "../ui/button.tsx";

/** What stands where schedules would be. */
export function NoSchedules() {
  return (
    <div class="grid justify-items-center gap-3 rounded-lg border border-dashed border-line px-4 py-16 text-center">
      <p class="font-medium">There is no schedule yet</p>
      <p class="max-w-md text-quiet">
        A schedule runs an integration or a set by itself: once later, every so many hours, days or weeks, on days of
        the month, or by a cron expression.
      </p>
      <Link to="/schedules/new" class={buttonClass("primary")}>
        New schedule
      </Link>
      <p class="text-sm text-quiet">
        Or add one in a terminal: <code class="wrap-anywhere">npx waybill schedules add --help</code>
      </p>
    </div>
  );
}
