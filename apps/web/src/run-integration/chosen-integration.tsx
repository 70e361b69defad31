import { Link } from "@tanstack/solid-router";
import CalendarClock from "lucide-solid/icons/calendar-clock";
import Trash from "lucide-solid/icons/trash";
import { Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useDependents } from "../data/dependents.ts";
import { type Integration, useDeleteIntegration } from "../data/integrations.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ConfirmDelete } from "../ui/confirm-delete.tsx";
import { Notice } from "../ui/notice.tsx";
import { RestoreNotice } from "./restore-notice.tsx";

/** Which integration is about to be run; it can be deleted here, and restored once it has been. */
export function ChosenIntegration(props: { integration: Integration; onOther: () => void }) {
  const remove = useDeleteIntegration();
  const dependents = useDependents("integrations", () => props.integration.key);
  return (
    <div class="grid gap-2">
      <div class="flex flex-wrap items-start gap-2">
        <div class="min-w-0 flex-1 basis-60 wrap-anywhere">
          <p class="font-medium">
            {props.integration.name} <span class="font-normal text-quiet">version {props.integration.version}</span>
          </p>
          <p class="text-quiet">{props.integration.description}</p>
        </div>
        <Show when={!props.integration.deleted}>
          <Link to="/schedules/new" search={{ integration: props.integration.key }} class={buttonClass()}>
            <CalendarClock size={16} aria-hidden="true" />
            Schedule
          </Link>
          <Button look="danger" disabled={remove.isPending} onClick={dependents.ask}>
            <Trash size={16} aria-hidden="true" />
            Delete
          </Button>
        </Show>
        <Button onClick={() => props.onOther()}>Choose another</Button>
      </div>
      <Show when={props.integration.deleted}>
        <RestoreNotice integration={props.integration.key}>
          This integration has been deleted: it cannot be run, and what is planned of it will fail.
        </RestoreNotice>
      </Show>
      <Show when={remove.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <ConfirmDelete
        question={dependents}
        name={props.integration.name}
        text="It can be run no more. Its runs stay, and it can be restored."
        onYes={() => remove.mutate(props.integration.key)}
      />
    </div>
  );
}
