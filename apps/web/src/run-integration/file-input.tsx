import Upload from "lucide-solid/icons/upload";
import { createSignal, Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { formatBytes } from "../ui/format.ts";

/** A place to drop a file on, or to choose one with. */
export function FileInput(props: {
  id: string;
  label: string;
  file: File | null;
  fault: string | undefined;
  onChange: (file: File | null) => void;
}) {
  const [over, setOver] = createSignal(false);
  let input!: HTMLInputElement;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    props.onChange(event.dataTransfer?.files[0] ?? null);
  };
  const clear = () => {
    input.value = "";
    props.onChange(null);
  };
  return (
    <fieldset
      aria-label={props.label}
      class="flex flex-wrap items-center gap-3 rounded-md border border-dashed border-line bg-page px-3 py-3"
      classList={{ "border-accent": over(), "border-bad": props.fault !== undefined }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Upload size={18} aria-hidden="true" class="text-quiet" />
      <Show when={props.file} fallback={<span class="text-quiet">Drop a file here, or</span>}>
        {(file) => (
          <span class="min-w-0 break-words">
            <span class="font-medium">{file().name}</span> <span class="text-quiet">{formatBytes(file().size)}</span>
          </span>
        )}
      </Show>
      <input
        ref={input}
        id={props.id}
        type="file"
        accept=".csv,.zip,.pgp,.gpg"
        class="min-w-0 max-w-full text-sm file:mr-2 file:rounded-md file:border file:border-line file:bg-card file:px-3 file:py-1.5 file:text-ink"
        classList={{ "w-28 text-transparent": props.file !== null }}
        aria-invalid={props.fault !== undefined}
        aria-describedby={props.fault === undefined ? undefined : `${props.id}-fault`}
        onChange={(event) => props.onChange(event.currentTarget.files?.[0] ?? props.file)}
      />
      <Show when={props.file}>
        <Button onClick={clear}>Remove</Button>
      </Show>
    </fieldset>
  );
}
