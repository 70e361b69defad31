import type { Definition } from "@waybill/core/definition/definition";
import { For, Show } from "solid-js";
import { Card } from "../ui/card.tsx";
import { FileField } from "./file-field.tsx";
import type { GivenFile } from "./run-form.model.ts";

/** The files that an integration reads beside its source; nothing where it reads none. */
export function AttachmentsCard(props: {
  attachments: Definition["attachments"];
  files: Record<string, GivenFile | null>;
  faultOf: (key: string, required: boolean) => string | undefined;
  onChange: (key: string, file: File | null) => void;
}) {
  return (
    <Show when={props.attachments.length > 0}>
      <Card title="External files">
        <div class="grid gap-4">
          <For each={props.attachments}>
            {(attachment) => (
              <FileField
                id={`attachment-${attachment.key}`}
                label={attachment.label}
                required={attachment.required}
                help={`With the columns ${attachment.columns.join(", ")}.`}
                file={props.files[attachment.key] ?? null}
                fault={props.faultOf(attachment.key, attachment.required)}
                onChange={(file) => props.onChange(attachment.key, file)}
              />
            )}
          </For>
        </div>
      </Card>
    </Show>
  );
}
