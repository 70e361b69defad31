import { For, Show } from "solid-js";
import { inputAria, inputClass } from "./field.tsx";
import { nameWithKey } from "./format.ts";

/** Something that can be chosen: what it is, and its key among those of its kind. */
export interface Target<Kind extends string> {
  kind: Kind;
  key: string;
}

/** All of a kind that can be chosen, as far as they are listed. */
export interface TargetGroup<Kind extends string> {
  kind: Kind;
  /** Such as `Sets`. */
  label: string;
  page: () => { items: readonly Named[]; next: string | null } | undefined;
  /** How one is told; by name and key where this is left out. */
  words?: (item: Named) => string;
}

interface Named {
  key: string;
  name: string;
}

/** Chooses one of several kinds of things, or none. */
export function TargetSelect<Kind extends string>(props: {
  id: string;
  groups: readonly TargetGroup<Kind>[];
  /** What choosing none is called. */
  none: string;
  chosen: Target<Kind> | null;
  /** What the chosen one is called where it is not listed, since it is deleted or there are too many. */
  unlisted: string | undefined;
  fault?: string | undefined;
  onChange: (target: Target<Kind> | null) => void;
}) {
  const isChosen = (kind: Kind, key: string) => props.chosen?.kind === kind && props.chosen.key === key;
  const itemsOf = (group: TargetGroup<Kind>) => group.page()?.items ?? [];
  const listed = () => props.groups.some((group) => itemsOf(group).some(({ key }) => isChosen(group.kind, key)));
  return (
    <select
      id={props.id}
      class={inputClass}
      {...inputAria(props.id, props.fault)}
      onChange={(event) => props.onChange(readTarget(props.groups, event.currentTarget.value))}
    >
      <option value="" selected={props.chosen === null}>
        {props.none}
      </option>
      <Show when={!listed() && props.chosen}>
        {(target) => (
          <option value={writeTarget(target())} selected>
            {props.unlisted ?? target().key}
          </option>
        )}
      </Show>
      <For each={props.groups}>
        {(group) => (
          <Show when={itemsOf(group).length > 0}>
            <optgroup label={group.label}>
              <For each={itemsOf(group)}>
                {(item) => (
                  <option
                    value={writeTarget({ kind: group.kind, key: item.key })}
                    selected={isChosen(group.kind, item.key)}
                  >
                    {(group.words ?? nameWithKey)(item)}
                  </option>
                )}
              </For>
            </optgroup>
          </Show>
        )}
      </For>
    </select>
  );
}

/** Says that more could be chosen than is listed, and what to do about that. */
export function sayCut(groups: readonly TargetGroup<string>[], remedy: string): string | undefined {
  const cut = groups.filter(({ page }) => page()?.next).map(({ label }) => label.toLowerCase());
  return cut.length === 0 ? undefined : `There are more ${cut.join(" and ")} than can be listed. ${remedy}`;
}

function writeTarget({ kind, key }: Target<string>): string {
  return `${kind}:${key}`;
}

function readTarget<Kind extends string>(groups: readonly TargetGroup<Kind>[], text: string): Target<Kind> | null {
  const [kind, key = ""] = text.split(":");
  const group = groups.find((one) => one.kind === kind);
  return group ? { kind: group.kind, key } : null;
}
