/** What a cell of the grid says of itself to whoever listens; one of them alone is a stop of the Tab key. */
export function cellAria(cell: {
  column: number;
  active: boolean;
  writable: boolean;
  faulty: boolean;
  selected: boolean;
}) {
  return {
    role: "gridcell",
    tabindex: cell.active ? 0 : -1,
    "aria-colindex": cell.column + 1,
    "aria-readonly": !cell.writable,
    "aria-invalid": cell.faulty,
    "aria-selected": cell.selected,
  } as const;
}
