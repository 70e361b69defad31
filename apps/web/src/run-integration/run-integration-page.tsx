import { useNavigate, useSearch } from "@tanstack/solid-router";
import { Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { useIntegration } from "../data/integrations.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { ChosenIntegration } from "./chosen-integration.tsx";
import { IntegrationPicker } from "./integration-picker.tsx";
import { RerunOffer } from "./rerun-offer.tsx";
import { RunForm } from "./run-form.tsx";
import { RunProgress } from "./run-progress.tsx";

/** Pick an integration, fill in what it asks for, run it, and wait for its end. */
export function RunIntegrationPage() {
  const search = useSearch({ from: "/run" });
  const navigate = useNavigate({ from: "/run" });
  const integration = useIntegration(() => search().integration);
  const pickAnother = () => navigate({ search: {} });
  const showStarted = (run: string) => navigate({ search: { ...search(), run } });
  usePageTitle(() => integration.data?.name ?? "Run an Integration");
  return (
    <div class="mx-auto grid max-w-2xl gap-4">
      <h1 class="text-xl font-semibold">Run an Integration</h1>
      <Switch fallback={<p class="py-8 text-center text-quiet">Reading the integration…</p>}>
        <Match when={search().run}>{(runId) => <RunProgress runId={runId()} onAnother={pickAnother} />}</Match>
        <Match when={search().integration === undefined}>
          <IntegrationPicker onPick={(key) => navigate({ search: { integration: key } })} />
        </Match>
        <Match when={integration.data}>
          {(chosen) => (
            <>
              <ChosenIntegration integration={chosen()} onOther={pickAnother} />
              <Show when={!chosen().deleted && chosen().key} keyed>
                <RerunOffer integration={chosen().key} onStarted={showStarted} />
                <RunForm integration={chosen()} onStarted={showStarted} />
              </Show>
            </>
          )}
        </Match>
        <Match when={integration.error}>
          <Notice look="bad">{toFault(integration.error).message}</Notice>
          <div>
            <Button onClick={pickAnother}>Choose another</Button>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
