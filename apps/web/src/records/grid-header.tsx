import { Link } from "@tanstack/solid-router";
import { createEffect, For } from "solid-js";
import type { RejectedRecord } from "../data/records.ts";
import type { Desk } from "./desk.ts";
import { leadingColumns } from "./layout.model.ts";

/** The names of the columns, which stay in view; the first one chooses all records. */
export function GridHeader(props: { desk: Desk; columns: string[]; template: string }) {
  let box!: HTMLInputElement;
  const { selected } = props.desk;
  createEffect(() => {
    box.indeterminate = !selected.all() && selected.count() > 0;
  });
  return (
    <thead class="sticky top-0 z-20 block">
      <tr
        aria-rowindex={1}
        class="grid h-[34px] grid-rows-[33px] border-b border-line bg-page text-quiet"
        style={{ "grid-template-columns": props.template }}
      >
        <th scope="col" class="sticky left-0 z-10 grid place-items-center bg-page">
          <input
            ref={box}
            type="checkbox"
            class="size-4 accent-accent"
            aria-label="Select all that fit the filter"
            checked={selected.all()}
            onChange={() => selected.toggleAll()}
          />
        </th>
        <th scope="col" class="sticky left-10 z-10 bg-page px-2 py-1.5 text-right font-medium">
          Line
        </th>
        <th scope="col" class="px-2 py-1.5 text-left font-medium">
          State
        </th>
        <Names columns={props.columns} />
      </tr>
    </thead>
  );
}

/** The columns of a run that has others than the run above it. */
export function ColumnNames(props: { columns: string[]; template: string }) {
  return (
    <tr
      class="grid h-[30px] grid-rows-[29px] border-b border-line bg-page text-quiet"
      style={{ "grid-template-columns": props.template }}
    >
      <td style={{ "grid-column": `span ${leadingColumns}` }} />
      <Names columns={props.columns} />
    </tr>
  );
}

function Names(props: { columns: string[] }) {
  return (
    <For each={props.columns}>
      {(name) => (
        <th
          scope="col"
          class="truncate border-l border-line px-2 py-1 text-left font-medium leading-6"
          title={name}
          dir="auto"
        >
          {name}
        </th>
      )}
    </For>
  );
}

/** Where the records of another run begin. */
export function GridBand(props: { record: RejectedRecord }) {
  return (
    <tr class="block h-[34px] border-b border-line bg-page">
      <td class="sticky left-0 flex w-fit max-w-[90vw] items-baseline gap-2 px-3 py-1.5">
        <Link
          from="/records"
          to="/records"
          search={(now) => ({ ...now, run: props.record.run.id })}
          class="truncate font-medium hover:underline"
          title="Show the records of this run alone"
        >
          {props.record.run.name}
        </Link>
        <span class="whitespace-nowrap text-quiet">{props.record.integration}</span>
      </td>
    </tr>
  );
}
