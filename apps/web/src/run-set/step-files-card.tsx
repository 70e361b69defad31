import { For, Show } from "solid-js";
import { useIntegration, useSystem } from "../data/integrations.ts";
import type { SetDefinition } from "../data/sets.ts";
import { FileField } from "../run-integration/file-field.tsx";
import { fileFault, type GivenFile } from "../run-integration/run-form.model.ts";
import { Notice } from "../ui/notice.tsx";
import type { StepFiles } from "./run-set.model.ts";

/** The files of one step: a source of its own, and what its integration reads beside it. */
export function StepFilesCard(props: {
  step: SetDefinition["steps"][number];
  position: number;
  files: StepFiles<GivenFile>;
  /** Whether it would have nothing to read. */
  missing: boolean;
  /** What the server says of this step. */
  fault: string | undefined;
  onSource: (file: File | null) => void;
  onAttachment: (key: string, file: File | null) => void;
}) {
  const integration = useIntegration(() => props.step.integration);
  const system = useSystem();
  const limits = () => ({
    ...(system.data?.limits ?? { sourceBytesMax: Infinity, zipBytesMax: Infinity }),
    ...integration.data?.definition.source.limits,
  });
  const id = (part: string) => `step-${props.position}-${part}`;
  const faultOf = (file: GivenFile | null) => (file && fileFault(file, limits())) ?? undefined;
  const sourceFault = () => (props.missing ? "Choose a file here, or one for all steps above." : undefined);
  const help = () => {
    const name = integration.data?.definition.source.fileName;
    const kept = props.step.sourceFile ? "the file that the set keeps for this step" : "the file for all steps";
    return `${name ? `Such as ${name}. ` : ""}Left empty: ${kept}.`;
  };
  return (
    <li>
      <section
        aria-labelledby={id("title")}
        class="grid gap-4 rounded-lg border bg-card p-4"
        classList={{ "border-bad": props.fault !== undefined, "border-line": props.fault === undefined }}
      >
        <h2 id={id("title")} class="font-semibold wrap-anywhere">
          Step {props.position}: {props.step.name ?? integration.data?.name ?? props.step.integration}{" "}
          <span class="font-normal text-quiet">{props.step.key}</span>
        </h2>
        <Show when={props.fault}>
          {(fault) => (
            <div data-fault tabindex="-1">
              <Notice look="bad">{fault()}</Notice>
            </div>
          )}
        </Show>
        <FileField
          id={id("source")}
          label="Own source file"
          required={false}
          help={help()}
          file={props.files.sourceFile}
          fault={faultOf(props.files.sourceFile) ?? sourceFault()}
          onChange={(file) => props.onSource(file)}
        />
        <For each={integration.data?.definition.attachments}>
          {(attachment) => (
            <FileField
              id={id(attachment.key)}
              label={attachment.label}
              required={attachment.required && !props.step.attachments[attachment.key]}
              help={`With the columns ${attachment.columns.join(", ")}.${
                props.step.attachments[attachment.key] ? " Left empty: the file that the set keeps." : ""
              }`}
              file={props.files.attachments[attachment.key] ?? null}
              fault={faultOf(props.files.attachments[attachment.key] ?? null)}
              onChange={(file) => props.onAttachment(attachment.key, file)}
            />
          )}
        </For>
      </section>
    </li>
  );
}
