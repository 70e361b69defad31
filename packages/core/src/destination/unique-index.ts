/** An index by which a record can be found again: exactly these columns, sorted, are unique without condition. */
export interface UniqueIndex {
  /** Quoted, with its schema. */
  name: string;
  columns: string[];
}

/**
 * SQL for the unique indexes of a table that hold for all of its rows, at once and not only when a transaction ends; its
 * values are the table's schema and name.
 */
export const uniqueIndexes = `
  select format('%I.%I', n.nspname, i.relname) as name, (
    select array_agg(a.attname::text order by a.attname::text) from pg_attribute a
    where a.attrelid = c.oid and a.attnum = any((x.indkey::int2[])[0:x.indnkeyatts - 1])
  ) as columns
  from pg_index x join pg_class i on i.oid = x.indexrelid
    join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and x.indisunique and x.indimmediate and x.indisvalid
    and x.indpred is null and x.indexprs is null`;

/** Whether an index is on these columns, in whatever order. */
export function isOn(index: UniqueIndex, key: readonly string[]): boolean {
  return index.columns.join() === [...key].sort().join();
}
