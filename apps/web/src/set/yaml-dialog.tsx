import Copy from "lucide-solid/icons/copy";
import { createEffect, createSignal } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import type { SetForm } from "./set-form.model.ts";
import { writeYaml } from "./write-yaml.ts";

/** What is written, saved or not, in the form that `waybill sets apply` takes. */
export function YamlDialog(props: { open: boolean; onClose: () => void; form: SetForm }) {
  const [yaml, setYaml] = createSignal("");
  const [said, setSaid] = createSignal("");
  createEffect(async () => {
    if (!props.open) return;
    setSaid("");
    setYaml(await writeYaml(props.form));
  });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(yaml());
      setSaid("Copied.");
    } catch {
      setSaid("The browser does not let this page copy. Mark the text and copy it.");
    }
  };
  return (
    <Modal open={props.open} onClose={props.onClose} title="The set as YAML">
      <textarea
        readonly
        wrap="off"
        aria-label="YAML"
        class="mt-3 h-[50dvh] w-full rounded-md border border-line bg-page p-3 font-mono text-sm"
        value={yaml()}
      />
      <div class="mt-3 flex flex-wrap items-center gap-3">
        <Button onClick={copy}>
          <Copy size={16} aria-hidden="true" />
          Copy
        </Button>
        <span role="status" class="text-sm text-quiet">
          {said()}
        </span>
      </div>
    </Modal>
  );
}
