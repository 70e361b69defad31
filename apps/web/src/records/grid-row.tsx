import { createEffect, createMemo, Index, Show } from "solid-js";
import type { RejectedRecord } from "../data/records.ts";
import { holdsPlace } from "./block.model.ts";
import type { Desk } from "./desk.ts";
import { GridCell, showActive } from "./grid-cell.tsx";
import type { GridInput } from "./grid-input.ts";
import { cameAs, leadingColumns } from "./layout.model.ts";
import { LeadingCells } from "./leading-cells.tsx";

interface RowProps {
  desk: Desk;
  index: number;
  record: RejectedRecord | undefined;
  template: string;
  focused: boolean;
  input: GridInput;
}

/** One record; while it is not read yet, its place. */
export function GridRow(props: RowProps) {
  const active = () => props.desk.cursor.active().row === props.index;
  return (
    <tr
      aria-rowindex={props.index + 2}
      aria-selected={props.record ? props.desk.selected.has(props.record.id) : false}
      class="grid h-8 grid-rows-[31px] border-b border-line"
      classList={{ "bg-card": !active(), "bg-page": active() }}
      style={{ "grid-template-columns": props.template }}
    >
      <Show when={props.record} fallback={<WaitingCell active={active()} focused={props.focused} />}>
        {(record) => <RecordCells {...props} record={record()} />}
      </Show>
    </tr>
  );
}

/** Holds the place of a record, and the focus of whoever goes there, until it is read. */
function WaitingCell(props: { active: boolean; focused: boolean }) {
  let cell!: HTMLTableCellElement;
  createEffect(() => {
    if (props.active) showActive(cell, props.focused);
  });
  return (
    <td ref={cell} tabindex={props.active ? 0 : -1} class="col-span-3 px-3 py-[5px] text-quiet -outline-offset-2!">
      …
    </td>
  );
}

function RecordCells(props: RowProps & { record: RejectedRecord }) {
  const desk = props.desk;
  const row = createMemo(() => desk.row(props.record));
  const issues = createMemo(() => row().issues.map((issue) => ({ issue, column: desk.columnOf(props.record, issue) })));
  const faultsAt = (column: number) =>
    issues()
      .filter((one) => one.column === column)
      .map(({ issue }) => issue.message);
  const original = (at: number) => {
    const came = cameAs(props.record, row().columns);
    return came === null || came[at] === row().texts[at] ? undefined : (came[at] ?? "");
  };
  const place = (column: number) => ({ row: props.index, column });
  const isActive = (column: number) => {
    if (desk.cursor.active().row !== props.index) return false;
    return desk.place().column === column;
  };
  const edit = (column: number) => (isActive(column) ? desk.cursor.editIn(props.record.id)?.text : undefined);
  return (
    <>
      <LeadingCells
        desk={desk}
        record={props.record}
        issues={row().issues}
        wholeFaults={faultsAt(-1)}
        isActive={isActive}
        focused={props.focused}
        onPress={(column, extend) => props.input.press(place(column), extend)}
      />
      <Index each={row().columns}>
        {(name, at) => (
          <GridCell
            name={name()}
            text={row().texts[at] ?? ""}
            faults={faultsAt(at)}
            original={original(at)}
            column={at + leadingColumns}
            writable={desk.isWritable(props.record, at + leadingColumns)}
            active={isActive(at + leadingColumns)}
            inBlock={holdsPlace(desk.cursor.block(), place(at + leadingColumns))}
            edit={edit(at + leadingColumns)}
            focused={props.focused}
            input={props.input}
            onPress={(extend) => props.input.press(place(at + leadingColumns), extend)}
            onType={(text) => desk.cursor.setEdit({ record: props.record.id, column: name(), text })}
          />
        )}
      </Index>
    </>
  );
}
