import { createSignal, Show } from "solid-js";
import type { ImportedCorrections } from "../data/corrections.ts";
import { Modal } from "../ui/modal.tsx";
import { createImport } from "./create-import.ts";
import { ImportForm } from "./import-form.tsx";
import { ImportOutcome } from "./import-outcome.tsx";

/**
 * Takes back an `errors.csv` that was corrected. With a `run`, records of any other are refused. What is closed while the
 * server is at it is there when it is opened again.
 */
export function ImportDialog(props: {
  open: boolean;
  onClose: () => void;
  run?: string | undefined;
  onImported: (imported: ImportedCorrections) => void;
}) {
  const [imported, setImported] = createSignal<ImportedCorrections>();
  const taking = createImport(
    () => props.run,
    (outcome) => {
      setImported(outcome);
      props.onImported(outcome);
    },
  );
  const close = () => {
    taking.giveUp();
    setImported(undefined);
    props.onClose();
  };
  return (
    <Modal open={props.open} onClose={close} title="Import a corrected errors.csv">
      <Show when={imported()} fallback={<ImportForm taking={taking} onClose={close} />}>
        {(outcome) => <ImportOutcome imported={outcome()} onAnother={() => setImported(undefined)} onClose={close} />}
      </Show>
    </Modal>
  );
}
