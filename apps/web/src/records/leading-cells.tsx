import type { RecordIssue } from "@waybill/core/record/issue-code";
import { createEffect, type JSX } from "solid-js";
import type { RejectedRecord } from "../data/records.ts";
import { cellAria } from "./cell-aria.ts";
import type { Desk } from "./desk.ts";
import { showActive } from "./grid-cell.tsx";
import { RecordStatus } from "./record-status.tsx";

/** Before the texts of a record: the box that selects it, its line in the file, and how it stands. */
export function LeadingCells(props: {
  desk: Desk;
  record: RejectedRecord;
  issues: readonly RecordIssue[];
  wholeFaults: string[];
  isActive: (column: number) => boolean;
  focused: boolean;
  onPress: (column: number, extend: boolean) => void;
}) {
  const { selected } = props.desk;
  const cell = (column: number) => ({
    column,
    active: props.isActive(column),
    focused: props.focused,
    onPress: (extend: boolean) => props.onPress(column, extend),
  });
  return (
    <>
      <LeadingCell {...cell(0)} class="sticky left-0 z-10 grid place-items-center bg-inherit">
        <input
          type="checkbox"
          tabindex={-1}
          class="size-4 accent-accent"
          aria-label={`Select line ${props.record.line}`}
          checked={selected.has(props.record.id)}
          onChange={(event) => selected.toggle([props.record.id], event.currentTarget.checked)}
        />
      </LeadingCell>
      <LeadingCell {...cell(1)} class="sticky left-10 z-10 bg-inherit px-2 py-[5px] text-right text-quiet tabular-nums">
        {props.record.line}
      </LeadingCell>
      <LeadingCell
        {...cell(2)}
        class="px-2 py-[5px]"
        title={props.wholeFaults.join("\n")}
        faulty={props.wholeFaults.length > 0}
      >
        <RecordStatus
          state={props.record.state}
          issues={props.issues.length}
          draft={props.desk.drafts.of(props.record.id)?.status}
        />
      </LeadingCell>
    </>
  );
}

function LeadingCell(props: {
  column: number;
  active: boolean;
  focused: boolean;
  class: string;
  title?: string;
  faulty?: boolean;
  onPress: (extend: boolean) => void;
  children: JSX.Element;
}) {
  let cell!: HTMLTableCellElement;
  createEffect(() => {
    if (props.active) showActive(cell, props.focused);
  });
  return (
    <td
      ref={cell}
      {...cellAria({
        column: props.column,
        active: props.active,
        writable: false,
        faulty: props.faulty ?? false,
        selected: false,
      })}
      title={props.title}
      class={`scroll-mt-9 -outline-offset-2! select-none ${props.class}`}
      classList={{ "outline-2 outline-accent": props.active }}
      onPointerDown={(event) => event.button === 0 && props.onPress(event.shiftKey)}
    >
      {props.children}
    </td>
  );
}
