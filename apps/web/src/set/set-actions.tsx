import { Link, useNavigate } from "@tanstack/solid-router";
import CalendarClock from "lucide-solid/icons/calendar-clock";
import Code from "lucide-solid/icons/code";
import Play from "lucide-solid/icons/play";
import Trash from "lucide-solid/icons/trash";
import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useDependents } from "../data/dependents.ts";
import { useDeleteSet } from "../data/sets.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ConfirmDelete } from "../ui/confirm-delete.tsx";
import { Notice } from "../ui/notice.tsx";
import type { SetEditor } from "./set-editor.ts";
import { YamlDialog } from "./yaml-dialog.tsx";

/** What can be done with a set beside changing it. */
export function SetActions(props: { editor: SetEditor; deleted: boolean }) {
  const navigate = useNavigate();
  const remove = useDeleteSet();
  const [showing, setShowing] = createSignal(false);
  const dependents = useDependents("sets", () => props.editor.form.key);
  const there = () => props.editor.version() !== null && !props.deleted;
  const deleteSet = () =>
    remove.mutate(props.editor.form.key, {
      // What was changed and not saved went with the set.
      onSuccess: () => navigate({ to: "/sets", ignoreBlocker: true }),
    });
  return (
    <div class="grid gap-2">
      <div class="flex flex-wrap gap-2">
        <Button onClick={() => setShowing(true)}>
          <Code size={16} aria-hidden="true" />
          Show as YAML
        </Button>
        <Show when={there()}>
          <Button look="danger" disabled={remove.isPending} onClick={dependents.ask}>
            <Trash size={16} aria-hidden="true" />
            Delete
          </Button>
          <Link to="/schedules/new" search={{ set: props.editor.form.key }} class={buttonClass()}>
            <CalendarClock size={16} aria-hidden="true" />
            Schedule
          </Link>
          <Link to="/sets/$key/run" params={{ key: props.editor.form.key }} class={buttonClass()}>
            <Play size={16} aria-hidden="true" />
            Run
          </Link>
        </Show>
      </div>
      <Show when={remove.error}>
        <Notice look="bad">{toFault(remove.error).message}</Notice>
      </Show>
      <YamlDialog open={showing()} onClose={() => setShowing(false)} form={props.editor.form} />
      <ConfirmDelete
        question={dependents}
        name={props.editor.form.name}
        text="It can be run no more. Its set runs stay, and applying its definition again restores it."
        onYes={deleteSet}
      />
    </div>
  );
}
