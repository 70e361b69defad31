import { type JSX, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useRestoreIntegration } from "../data/integrations.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

/** Says what is so because an integration has been deleted, and restores it. */
export function RestoreNotice(props: { integration: string; children: JSX.Element }) {
  const restore = useRestoreIntegration();
  return (
    <>
      <Notice look="warn">
        <span class="mr-2">{props.children}</span>
        <Button disabled={restore.isPending} onClick={() => restore.mutate(props.integration)}>
          Restore
        </Button>
      </Notice>
      <Show when={restore.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
    </>
  );
}
