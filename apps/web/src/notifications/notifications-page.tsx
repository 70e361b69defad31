import { createSignal, For, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { type NotificationRule, type SavedRule, useDeliveries, useRules } from "../data/notifications.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { DeliveriesTable } from "./deliveries-table.tsx";
import { RuleCard } from "./rule-card.tsx";
import { RuleDialog } from "./rule-dialog.tsx";

/** Who is told of what, and beneath that what was sent. */
export function NotificationsPage() {
  const rules = useRules();
  const deliveries = useDeliveries();
  const [changing, setChanging] = createSignal<{ rule: NotificationRule | undefined }>();
  const [unnoted, setUnnoted] = createSignal<SavedRule[]>([]);
  usePageTitle(() => "Notifications");
  const fault = () => rules.error ?? deliveries.error;
  const note = ({ id }: SavedRule) => setUnnoted((all) => all.filter((one) => one.id !== id));
  // A secret stays until it is noted, whatever else is saved meanwhile.
  const show = (saved: SavedRule) => {
    if (saved.secret) setUnnoted((all) => [...all.filter(({ id }) => id !== saved.id), saved]);
  };
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <h1 class="text-xl font-semibold">Notifications</h1>
        <Button look="primary" onClick={() => setChanging({ rule: undefined })}>
          Add…
        </Button>
      </div>
      <Show when={!connectionLost() && fault()}>
        <Notice look="bad">{toFault(fault()).message}</Notice>
      </Show>
      <For each={unnoted()}>{(saved) => <Secret saved={saved} onNoted={() => note(saved)} />}</For>
      <Switch>
        <Match when={rules.data?.items.length === 0}>
          <NoRules />
        </Match>
        <Match when={rules.data}>
          {(page) => (
            <ul class="overflow-hidden rounded-lg border border-line bg-card">
              <For each={page().items}>{(rule) => <RuleCard rule={rule} onChange={() => setChanging({ rule })} />}</For>
            </ul>
          )}
        </Match>
        <Match when={!rules.error}>
          <p class="py-16 text-center text-quiet">Reading the notifications…</p>
        </Match>
      </Switch>
      <Show when={deliveries.data?.items.length}>
        <h2 class="mt-4 text-lg font-semibold">Sent</h2>
        <DeliveriesTable deliveries={deliveries.data?.items ?? []} />
      </Show>
      <RuleDialog
        open={changing() !== undefined}
        rule={changing()?.rule}
        onClose={() => setChanging(undefined)}
        onSaved={show}
      />
    </div>
  );
}

/** The secret of a new webhook, until somebody has noted it. */
function Secret(props: { saved: SavedRule; onNoted: () => void }) {
  return (
    <Notice>
      <span class="flex flex-wrap items-center justify-between gap-2">
        <span>
          The secret of {props.saved.name} is shown this once; its receiver checks signatures by it:{" "}
          <code class="wrap-anywhere select-all">{props.saved.secret}</code>
        </span>
        <Button onClick={() => props.onNoted()}>I have noted it</Button>
      </span>
    </Notice>
  );
}

function NoRules() {
  return (
    <div class="grid justify-items-center gap-3 rounded-lg border border-dashed border-line px-4 py-16 text-center">
      <p class="font-medium">Nobody is told of anything yet</p>
      <p class="max-w-md text-quiet">
        A notification tells somebody, by webhook or e-mail, of what failed, recovered, did not start in time or is
        slow.
      </p>
    </div>
  );
}
