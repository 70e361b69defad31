import type { ApiFault } from "../data/api.ts";
import type { ImportedCorrections } from "../data/corrections.ts";
import { fileEndings } from "../run-integration/run-form.model.ts";
import { formatNumber } from "../ui/format.ts";

/** A row that was refused, and why; the sentence goes on after "Line 7". */
export interface RowFault {
  line: number;
  message: string;
}

/** Why a file was refused: in a sentence, and row by row where its rows are the reason. */
export interface Refusal {
  message: string;
  rows: RowFault[];
}

/** What is wrong with a file before it is sent; undefined where nothing is. */
export function fileFault(file: Pick<File, "name" | "size">): string | undefined {
  const name = file.name.toLowerCase();
  if (!fileEndings.some((ending) => name.endsWith(ending))) return "The file must end in .csv, .zip, .pgp or .gpg.";
  return file.size === 0 ? "The file is empty." : undefined;
}

/** Takes a refusal apart. The server tells the rows in its sentence too; they are not said twice. */
export function readRefusal({ message, details }: ApiFault): Refusal {
  const rows = Array.isArray(details?.faults) ? (details.faults as RowFault[]) : [];
  if (rows.length === 0) return { message, rows };
  const start = message.indexOf(` Line ${rows[0]?.line} `);
  const rest = / And \d+ more\.$/.exec(message)?.[0] ?? "";
  return { message: start < 0 ? message : message.slice(0, start) + rest, rows };
}

/** What became of a file, as a sentence. */
export function describeImported({ read, edited, unchanged, ready, withIssues }: ImportedCorrections): string {
  const rows = read === 1 ? "1 record was read" : `${formatNumber(read)} records were read`;
  const left = `${formatNumber(ready)} ${ready === 1 ? "has" : "have"} no issue left, ${formatNumber(withIssues)} still ${withIssues === 1 ? "has" : "have"} issues`;
  return `${rows}: ${formatNumber(edited)} edited, ${formatNumber(unchanged)} unchanged. ${left}.`;
}
