import { limits } from "@waybill/core/limits";
import type { RecordState } from "@waybill/core/rejected/record-state";
import { type Command, InvalidArgumentError } from "commander";
import { CliFailure } from "../../failure.ts";
import { readIdFrom } from "../../options.ts";
import { sayRecords } from "../../print/record.ts";
import { confirmOrRefuse } from "../../prompts.ts";
import type { Session } from "../../session.ts";
import { addFilterOptions, type FilterOptions, filterOf, narrows, type RecordFilter } from "./filter-options.ts";

/** The options of a command that changes records. */
export interface ChoiceOptions extends FilterOptions {
  yes?: boolean;
  json?: boolean;
}

/** Makes a command take ids of records, or the options of a filter. */
export function takeRecords(command: Command): Command {
  command.argument("[ids...]", "the records; or say which with options", collectIds);
  return addFilterOptions(command).option("--yes", "do not ask, where options say which records are meant");
}

/** Reads the id of a record as lists show it. */
export const readId = readIdFrom("a record", "npx waybill records list");

/** What is to be done with the records, as a question names it, and to which of those that are chosen. */
export interface PlannedChange {
  verb: string;
  state: RecordState;
  /** Whether only those with no issue left are changed. */
  readyOnly?: boolean;
}

/**
 * The records that were named or that the options say; it is wrong usage to give neither, or both. Where options say
 * which, it asks first, with their count.
 */
export async function chooseRecords(
  session: Session,
  ids: string[],
  options: ChoiceOptions,
  planned: PlannedChange,
): Promise<{ records: string[] } | { filter: RecordFilter }> {
  const filter = filterOf(options);
  if (ids.length > 0 && narrows(filter)) {
    throw new CliFailure("wrong_usage", "Name records by their ids, or say which with options, but not both.");
  }
  if (ids.length > 0) return { records: ids };
  if (!narrows(filter)) {
    const message =
      "Name records by their ids, or say which with options such as --run RUN. See them: npx waybill records list";
    throw new CliFailure("wrong_usage", message);
  }
  if (!options.yes) await confirmChange(session, filter, planned);
  return { filter };
}

async function confirmChange(
  session: Session,
  filter: RecordFilter,
  { verb, state, readyOnly }: PlannedChange,
): Promise<void> {
  const { total, ready } = await session.api.records.count.query({ filter: { ...filter, state: [state] } });
  const count = readyOnly ? ready : total;
  // Of none the server says why there is none.
  if (count === 0 && session.interactive) return;
  await confirmOrRefuse(session, `${verb} ${sayRecords(count)}?`, false);
}

function collectIds(text: string, known: string[] = []): string[] {
  if (known.length === limits.recordsNamedMax) {
    throw new InvalidArgumentError(`Name at most ${limits.recordsNamedMax} records, or say which with options.`);
  }
  return [...known, readId(text)];
}
