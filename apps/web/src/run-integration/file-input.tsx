import Upload from "lucide-solid/icons/upload";
import { createSignal, Show } from "solid-js";
import { Button, buttonClass } from "../ui/button.tsx";
import { inputAria } from "../ui/field.tsx";
import { formatBytes } from "../ui/format.ts";
import { fileEndings, type GivenFile } from "./run-form.model.ts";

/** A place to drop a file on, or to choose one with. */
export function FileInput(props: {
  id: string;
  label: string;
  file: GivenFile | null;
  fault: string | undefined;
  /** Hears of another file, or that there is none any more. */
  onChange: (file: File | null) => void;
}) {
  const [over, setOver] = createSignal(false);
  let input!: HTMLInputElement;
  const take = (file: File | undefined) => file && props.onChange(file);
  const size = () => (props.file instanceof File ? formatBytes(props.file.size) : "as it was kept");
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    // A drop, unlike a press, comes to a place that is disabled too.
    if (!input.matches(":disabled")) take(event.dataTransfer?.files[0]);
  };
  const choose = () => {
    take(input.files?.[0]);
    // The same file, chosen again after it was corrected, is a change too.
    input.value = "";
  };
  const clear = () => {
    props.onChange(null);
    input.focus();
  };
  return (
    <fieldset
      aria-label={props.label}
      class="flex min-w-0 flex-wrap items-center gap-3 rounded-md border border-dashed border-line bg-page px-3 py-3"
      classList={{ "border-accent": over(), "border-bad": props.fault !== undefined }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Upload size={18} aria-hidden="true" class="shrink-0 text-quiet" />
      <Show when={props.file} fallback={<span class="text-quiet">Drop a file here, or</span>}>
        {(file) => (
          <span class="min-w-0 wrap-anywhere" aria-live="polite">
            <span class="font-medium">{file().name}</span> <span class="text-quiet">{size()}</span>
          </span>
        )}
      </Show>
      <span class="relative">
        <input
          ref={input}
          id={props.id}
          type="file"
          accept={fileEndings.join()}
          class="peer sr-only"
          aria-labelledby={`${props.id}-label`}
          {...inputAria(props.id, props.fault)}
          onChange={choose}
        />
        <label
          for={props.id}
          class={`${buttonClass()} cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent`}
        >
          {props.file ? "Choose another file" : "Choose a file"}
        </label>
      </span>
      <Show when={props.file}>
        <Button onClick={clear} aria-label={`Remove ${props.file?.name}`}>
          Remove
        </Button>
      </Show>
    </fieldset>
  );
}
