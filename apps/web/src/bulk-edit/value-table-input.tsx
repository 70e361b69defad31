import { createMemo, createSignal, For, Show } from "solid-js";
import { buttonClass } from "../ui/button.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { formatBytes, formatNumber } from "../ui/format.ts";
import { CellText } from "./cell-text.tsx";
import { decodeTable, readValueTable } from "./value-table.model.ts";

const fileBytesMax = 4 * 1024 * 1024;
const pairsShownMax = 100;
const faultsShownMax = 10;
const id = "bulk-table";

/** A table of old and new values, pasted from a spreadsheet or taken from a CSV. */
export function ValueTableInput(props: { text: string; onChange: (text: string) => void }) {
  const table = createMemo(() => readValueTable(props.text));
  const [over, setOver] = createSignal(false);
  const [fileFault, setFileFault] = createSignal<string>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    setFileFault(undefined);
    if (file.size > fileBytesMax) {
      setFileFault(`${file.name} is larger than ${formatBytes(fileBytesMax)}. Split it.`);
      return;
    }
    try {
      props.onChange(decodeTable(new Uint8Array(await file.arrayBuffer())));
    } catch {
      setFileFault(`${file.name} cannot be read. Choose it again.`);
    }
  };
  return (
    <div class="grid gap-3">
      <fieldset
        aria-label="Old and new values"
        class="grid gap-2"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      >
        <Field
          id={id}
          label="Old and new values"
          help="Copy two columns in a spreadsheet and paste them, or drop a CSV: the old value, then the new one. A value that is not among them stays."
          fault={fileFault()}
        >
          <textarea
            id={id}
            rows={5}
            wrap="off"
            spellcheck={false}
            class={`${inputClass} font-mono text-sm`}
            classList={{ "border-accent": over() }}
            value={props.text}
            {...inputAria(id, table().faults.length > 0 ? "" : fileFault())}
            onInput={(event) => {
              setFileFault(undefined);
              props.onChange(event.currentTarget.value);
            }}
          />
        </Field>
        <FileButton onFile={take} />
      </fieldset>
      <p role="status" class="text-sm tabular-nums">
        <Show when={props.text !== ""}>
          {table().pairs.length === 1 ? "1 value" : `${formatNumber(table().pairs.length)} values`}
          <Show when={table().faults.length > 0}>
            <span class="text-bad">
              , {table().faults.length === 1 ? "1 line is" : `${formatNumber(table().faults.length)} lines are`} at
              fault
            </span>
          </Show>
        </Show>
      </p>
      <Faults faults={table().faults} />
      <Pairs pairs={table().pairs} />
    </div>
  );
}

function FileButton(props: { onFile: (file: File | undefined) => void }) {
  return (
    <span class="relative justify-self-start">
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        class="peer sr-only"
        onChange={(event) => {
          props.onFile(event.currentTarget.files?.[0]);
          // The same file, chosen again after it was corrected, is a change too.
          event.currentTarget.value = "";
        }}
      />
      <label
        for={`${id}-file`}
        class={`${buttonClass()} cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent`}
      >
        Choose a CSV
      </label>
    </span>
  );
}

function Faults(props: { faults: ReturnType<typeof readValueTable>["faults"] }) {
  return (
    <Show when={props.faults.length > 0}>
      <ul class="grid gap-0.5 text-sm text-bad">
        <For each={props.faults.slice(0, faultsShownMax)}>
          {({ line, message }) => (
            <li class="wrap-anywhere">
              Line {line} {message}
            </li>
          )}
        </For>
        <Show when={props.faults.length > faultsShownMax}>
          <li>And {formatNumber(props.faults.length - faultsShownMax)} more.</li>
        </Show>
      </ul>
    </Show>
  );
}

function Pairs(props: { pairs: ReturnType<typeof readValueTable>["pairs"] }) {
  return (
    <Show when={props.pairs.length > 0}>
      <section
        aria-label="Values"
        tabindex="0"
        class="max-h-48 overflow-auto rounded-md border border-line focus-visible:outline-offset-0"
      >
        <table class="w-full text-sm">
          <thead class="sticky top-0 bg-card text-left text-quiet">
            <tr>
              <th class="w-14 px-2 py-1 text-right font-medium">Line</th>
              <th class="px-2 py-1 font-medium">Old value</th>
              <th class="px-2 py-1 font-medium">New value</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.pairs.slice(0, pairsShownMax)}>
              {(pair) => (
                <tr class="border-t border-line align-top">
                  <td class="px-2 py-1 text-right text-quiet tabular-nums">{pair.line}</td>
                  <td class="px-2 py-1">
                    <CellText text={pair.from} />
                  </td>
                  <td class="px-2 py-1">
                    <CellText text={pair.to} />
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <Show when={props.pairs.length > pairsShownMax}>
          <p class="border-t border-line px-2 py-1 text-sm text-quiet">
            And {formatNumber(props.pairs.length - pairsShownMax)} more.
          </p>
        </Show>
      </section>
    </Show>
  );
}
