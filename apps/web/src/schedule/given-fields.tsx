import type { Parameter } from "@waybill/core/definition/definition";
import { createMemo, For, type JSX, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { useIntegration } from "../data/integrations.ts";
import { type SetDefinition, useSet } from "../data/sets.ts";
import { AttachmentsCard } from "../run-integration/attachments-card.tsx";
import { FileField } from "../run-integration/file-field.tsx";
import { ParametersCard } from "../run-integration/parameters-card.tsx";
import { RestoreNotice } from "../run-integration/restore-notice.tsx";
import { resolvedParameters } from "../run-integration/run-form.model.ts";
import { StepFilesCard } from "../run-set/step-files-card.tsx";
import { Card } from "../ui/card.tsx";
import { Notice } from "../ui/notice.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";
import type { Asked } from "./schedule-form.model.ts";

/** The values and files that each run is started with, as what is run asks for them. */
export function GivenFields(props: { editor: ScheduleEditor }) {
  const key = (kind: Asked["kind"]) => {
    const target = props.editor.form.target;
    return target?.kind === kind ? target.key : undefined;
  };
  return (
    <div class="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 empty:hidden lg:col-start-1">
      <Show when={key("integration")} keyed>
        {(integration) => <OfIntegration editor={props.editor} integration={integration} />}
      </Show>
      <Show when={key("set")} keyed>
        {(set) => <OfSet editor={props.editor} set={set} />}
      </Show>
    </div>
  );
}

function OfIntegration(props: { editor: ScheduleEditor; integration: string }) {
  const integration = useIntegration(() => props.integration);
  const asked = createMemo((): Asked | null => {
    const definition = integration.data?.definition;
    return definition ? { kind: "integration", definition } : null;
  });
  return (
    <Answered editor={props.editor} asked={asked()} error={integration.error}>
      <Show when={integration.data?.deleted}>
        <RestoreNotice integration={props.integration}>
          It has been deleted, so that what is planned will fail. Restore it, or choose another.
        </RestoreNotice>
      </Show>
    </Answered>
  );
}

function OfSet(props: { editor: ScheduleEditor; set: string }) {
  const set = useSet(() => props.set);
  const asked = createMemo((): Asked | null => {
    const definition = set.data?.definition;
    return definition ? { kind: "set", definition } : null;
  });
  return (
    <Answered editor={props.editor} asked={asked()} error={set.error}>
      <Show when={set.data?.deleted}>
        <Notice look="warn">
          It has been deleted, so that what is planned will fail. Restore it by applying its definition again, or choose
          another.
        </Notice>
      </Show>
    </Answered>
  );
}

/** What is asked for, once it is known, under what is to be said of it. */
function Answered(props: { editor: ScheduleEditor; asked: Asked | null; error: Error | null; children: JSX.Element }) {
  return (
    <Switch fallback={<p class="py-4 text-center text-quiet">Reading what it asks for…</p>}>
      <Match when={props.editor.ready() && props.asked}>
        {(asked) => (
          <>
            {props.children}
            <Given editor={props.editor} asked={asked()} />
          </>
        )}
      </Match>
      <Match when={props.error}>
        <Notice look="bad">{toFault(props.error).message}</Notice>
      </Match>
    </Switch>
  );
}

function Given(props: { editor: ScheduleEditor; asked: Asked }) {
  const editor = props.editor;
  editor.ask(props.asked);
  const definition = () => props.asked.definition;
  const resolved = createMemo(() => resolvedParameters(definition(), editor.form, editor.moment()));
  const faults = () =>
    Object.fromEntries(
      definition().parameters.flatMap(({ key }) => {
        const fault = editor.typedFault(`parameters.${key}`);
        return fault === undefined ? [] : [[key, fault]];
      }),
    );
  return (
    <>
      <ParametersCard
        parameters={definition().parameters}
        values={editor.form.parameters}
        faults={faults()}
        tried={editor.tried()}
        resolved={resolved()}
        help={helpOf(definition().parameters)}
        onChange={editor.setParameter}
      />
      <Card>
        <SourceFile editor={editor} asked={props.asked} />
      </Card>
      <Show when={props.asked.kind === "integration" && props.asked}>
        {(asked) => (
          <AttachmentsCard
            attachments={asked().definition.attachments}
            files={editor.form.attachments}
            faultOf={(key) => fileFaultAt(editor, `attachments.${key}`, editor.form.attachments[key])}
            onChange={editor.setAttachment}
          />
        )}
      </Show>
      <Show when={props.asked.kind === "set" && props.asked}>
        {(asked) => <StepFiles editor={editor} steps={asked().definition.steps} />}
      </Show>
    </>
  );
}

function helpOf(parameters: Parameter[]): string {
  const has = (...types: Parameter["type"][]) => parameters.some(({ type }) => types.includes(type));
  const days = "Relative days, such as yesterday, are found anew each time; shown are those of the next time.";
  const secrets = "A secret is typed anew whenever the schedule is saved.";
  return [has("timeframe", "date") && days, has("secret") && secrets].filter(Boolean).join(" ");
}

/** A file that does not fit is told at once; that one is missing, once a person has tried to save. */
function fileFaultAt(editor: ScheduleEditor, part: string, file: unknown): string | undefined {
  return file ? editor.typedFault(part) : editor.fault(part);
}

function SourceFile(props: { editor: ScheduleEditor; asked: Asked }) {
  const ofSet = () => props.asked.kind === "set";
  const help = () =>
    props.asked.kind === "set"
      ? "Each step reads it, at every time, that has no file of its own beneath."
      : `Each run reads it. .csv, .zip, .pgp or .gpg, such as ${props.asked.definition.source.fileName}.`;
  return (
    <FileField
      id="source-file"
      label={ofSet() ? "Source file for all steps" : "Source file"}
      required={!ofSet()}
      help={help()}
      file={props.editor.form.sourceFile}
      fault={fileFaultAt(props.editor, "sourceFile", props.editor.form.sourceFile)}
      onChange={props.editor.setSource}
    />
  );
}

function StepFiles(props: { editor: ScheduleEditor; steps: SetDefinition["steps"] }) {
  const { form, setStepFile, told, tried, faults } = props.editor;
  return (
    <ol class="grid gap-4">
      <For each={props.steps}>
        {(step, at) => (
          <StepFilesCard
            step={step}
            position={at() + 1}
            files={form.steps[step.key] ?? { sourceFile: null, attachments: {} }}
            missing={tried() && faults()[`steps.${step.key}`] !== undefined}
            fault={told()[`steps.${step.key}`]}
            onSource={(file) => setStepFile(step.key, null, file)}
            onAttachment={(key, file) => setStepFile(step.key, key, file)}
          />
        )}
      </For>
    </ol>
  );
}
