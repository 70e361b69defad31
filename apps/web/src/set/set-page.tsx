import { useNavigate, useParams } from "@tanstack/solid-router";
import { Match, Show, Switch } from "solid-js";
import { unwrap } from "solid-js/store";
import { useSet, type WaybillSet } from "../data/sets.ts";
import { NotShown } from "../ui/not-shown.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { SetBuilder } from "./set-builder.tsx";
import { createSetEditor } from "./set-editor.ts";
import { emptySet, toForm } from "./set-form.model.ts";

/** A set that is not there yet is written. */
export function NewSetPage() {
  const navigate = useNavigate();
  usePageTitle(() => "New set");
  const open = (key: string) => navigate({ to: "/sets/$key", params: { key }, replace: true });
  const editor = createSetEditor(emptySet(), null);
  return <SetBuilder editor={editor} onSaved={open} />;
}

/** A set is read and changed. */
export function SetPage() {
  const params = useParams({ from: "/sets/$key" });
  const set = useSet(() => params().key);
  usePageTitle(() => set.data?.name ?? "Set");
  return (
    <Switch fallback={<p class="py-16 text-center text-quiet">Reading the set…</p>}>
      <Match when={set.data}>
        {(read) => (
          <>
            <Show when={read().deleted}>
              <Notice look="warn" class="mb-4">
                This set has been deleted. Save it to restore it.
              </Notice>
            </Show>
            <Show when={read().deletedIntegrations.length > 0}>
              <Notice look="warn" class="mb-4">
                This set does not start, since it has steps whose integrations have been deleted:{" "}
                {read().deletedIntegrations.join(", ")}. Restore them at their steps, or take these out.
              </Notice>
            </Show>
            <Show when={read().key} keyed>
              <OpenSet set={read()} />
            </Show>
          </>
        )}
      </Match>
      <Match when={set.error}>
        <NotShown title="This set cannot be shown" why={set.error} to="/sets" words="Go to the sets" />
      </Match>
    </Switch>
  );
}

/** The set as it was when it was opened: what others save meanwhile does not change what is being written. */
function OpenSet(props: { set: WaybillSet }) {
  const { definition, version } = unwrap(props.set);
  const editor = createSetEditor(toForm(structuredClone(definition)), version);
  return <SetBuilder editor={editor} deleted={props.set.deleted} />;
}
