import { createSignal } from "solid-js";
import { toFault } from "../data/api.ts";
import { readSet, useApplySet, type WaybillSet } from "../data/sets.ts";
import type { SetEditor } from "./set-editor.ts";
import { placeFaults } from "./set-faults.model.ts";
import { whyNotSaved } from "./set-form.model.ts";
import { writeYaml } from "./write-yaml.ts";

/** Makes what is written the current version of its set; what is wrong with it is told at its place. */
export function createSave(editor: SetEditor, onSaved: (key: string) => void) {
  const apply = useApplySet();
  const [saving, setSaving] = createSignal(false);
  const [saved, setSaved] = createSignal("");

  async function save(): Promise<void> {
    if (saving() || whyNotSaved(editor.form) !== null) return;
    setSaving(true);
    setSaved("");
    editor.setFaults([]);
    try {
      const hindrance = findHindrance(editor, await readIfThere(editor.form.key.trim()));
      if (hindrance) {
        editor.setFaults([{ at: null, ...hindrance }]);
        return;
      }
      const { key, version, outcome } = await apply.mutateAsync(await writeYaml(editor.form));
      editor.markSaved(version);
      setSaved(outcome === "unchanged" ? `Version ${version} says just that.` : `Saved as version ${version}.`);
      onSaved(key);
    } catch (error) {
      editor.setFaults(placeFaults(toFault(error), editor.form));
    } finally {
      setSaving(false);
    }
  }

  return { save, saving, saved };
}

async function readIfThere(key: string): Promise<WaybillSet | null> {
  try {
    return await readSet(key);
  } catch (error) {
    if (toFault(error).code === "set_unknown") return null;
    throw error;
  }
}

/** Nobody writes over a set that they have not seen. */
function findHindrance(editor: SetEditor, there: WaybillSet | null): { part: string; message: string } | null {
  const version = editor.version();
  if (!there || there.version === version) return null;
  if (version === null) {
    if (there.deleted) return null;
    return { part: "key", message: `is that of the set ${JSON.stringify(there.name)}. Choose another` };
  }
  editor.meetVersion(there.version);
  const message = `Somebody has saved version ${there.version} meanwhile. Read the page anew to see it, or save again to write over it.`;
  return { part: "", message };
}
