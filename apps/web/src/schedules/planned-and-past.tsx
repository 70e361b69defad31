import { Link } from "@tanstack/solid-router";
import { createEffect, createSignal, on, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useOccurrences } from "../data/schedules.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { OccurrencesTable } from "./occurrences-table.tsx";

const shownAtFirst = 20;
const shownMax = 200;

/** What is planned and what became of it: of one schedule, or of all of them; a few at first. */
export function PlannedAndPast(props: {
  schedule: string | undefined;
  /** What that schedule is called, as far as it is known. */
  name: string | undefined;
}) {
  const [opened, setOpened] = createSignal(false);
  createEffect(
    on(
      () => props.schedule,
      () => setOpened(false),
    ),
  );
  const occurrences = useOccurrences(() => ({ schedule: props.schedule, limit: opened() ? shownMax : shownAtFirst }));
  return (
    <section id="planned-and-past" aria-labelledby="planned-and-past-title" class="grid gap-4">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h2 id="planned-and-past-title" class="text-lg font-semibold wrap-anywhere">
          Planned and past{props.name && ` of ${props.name}`}
        </h2>
        <Show when={props.schedule}>
          <Link to="/schedules" hash="planned-and-past" class="text-sm text-accent hover:underline">
            Show those of all schedules
          </Link>
        </Show>
      </div>
      <Show when={!connectionLost() && occurrences.error}>
        <Notice look="bad">{toFault(occurrences.error).message}</Notice>
      </Show>
      <Show when={occurrences.data}>
        {(page) => (
          <>
            <Show when={page().items.length > 0} fallback={<p class="text-quiet">Nothing was scheduled yet.</p>}>
              <OccurrencesTable occurrences={page().items} old={!occurrences.current} />
            </Show>
            <Show when={page().next}>
              <p class="text-center text-sm text-quiet">
                <Show when={opened()} fallback={<Button onClick={() => setOpened(true)}>More of them</Button>}>
                  There are more. The rest are listed by <code>npx waybill schedules occurrences</code>.
                </Show>
              </p>
            </Show>
          </>
        )}
      </Show>
    </section>
  );
}
