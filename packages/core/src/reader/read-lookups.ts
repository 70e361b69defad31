import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import type { OpenedSource } from "../file/open-source.ts";
import { readCsv } from "../file/read-csv.ts";
import { limits } from "../limits.ts";
import type { Lookups } from "../record/compile-record.ts";

/** Reads the attachments that a run was given. Throws `attachment_invalid`, naming the attachment and the line. */
export async function readLookups(definition: Definition, opened: ReadonlyMap<string, OpenedSource>): Promise<Lookups> {
  const lookups = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  for (const attachment of definition.attachments) {
    const source = opened.get(attachment.key);
    if (source) lookups.set(attachment.key, await readLookup(attachment, source.read()));
  }
  return lookups;
}

async function readLookup(
  attachment: { key: string; columns: string[]; delimiter: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<Map<string, Set<string>>> {
  const reader = await readCsv(bytes, { delimiter: attachment.delimiter, quote: '"' });
  const header = reader.header.map((name) => name.trim().toLowerCase());
  const columns = attachment.columns.map((name) => ({ name, position: header.indexOf(name.toLowerCase()) }));
  const missing = columns.filter((column) => column.position < 0).map((column) => column.name);
  if (missing.length > 0)
    throw invalid(attachment.key, `it has no column ${missing.join(", ")}. Add it to the header row.`);

  const lookup = new Map(columns.map(({ name }) => [name, new Set<string>()]));
  for await (const records of reader.records()) {
    for (const record of records) {
      if (record.fault) throw invalid(attachment.key, `line ${record.line}: ${record.fault.message}`);
      if (record.number > limits.attachmentRecordsMax) {
        throw invalid(attachment.key, `it has more than ${limits.attachmentRecordsMax} records. Send a shorter table.`);
      }
      for (const { name, position } of columns) lookup.get(name)?.add(record.values[position] ?? "");
    }
  }
  return lookup;
}

function invalid(key: string, reason: string): WaybillError {
  return new WaybillError("attachment_invalid", `The attachment ${JSON.stringify(key)} cannot be used: ${reason}`, {
    key,
  });
}
