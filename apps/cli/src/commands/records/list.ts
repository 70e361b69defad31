import { recordStateLabels } from "@waybill/core/rejected/record-state";
import type { Command } from "commander";
import { cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions } from "../../options.ts";
import { renderIssueGroups, renderRecordList, sayCounts } from "../../print/record.ts";
import { type Session, withSession } from "../../session.ts";
import {
  addFilterOptions,
  addStateOption,
  everyState,
  filterOf,
  filterOfState,
  narrows,
  type StateOptions,
} from "./filter-options.ts";

interface ListOptions extends StateOptions, PageOptions {
  groups?: boolean;
}

/** Adds `waybill records list`. */
export function addList(records: Command): void {
  const command = records
    .command("list")
    .description("The rejected records with their issues, those of the newest run first; by default the open ones.");
  addFilterOptions(addStateOption(command))
    .option("--groups", "also count the issues by code and field, over all pages")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: ListOptions) => withSession(options, (session) => list(session, options)));
}

async function list(session: Session, options: ListOptions): Promise<undefined> {
  const { state, limit, cursor } = options;
  const ofAnyState = filterOf(options);
  const filter = filterOfState(options);
  const { api } = session;
  const [page, { states }, { groups }] = await Promise.all([
    api.records.list.query({ filter, limit, cursor }),
    api.records.count.query({ filter: ofAnyState }),
    api.records.count.query({ filter }),
  ]);
  const answer = { ...page, states, groups };
  session.answer(answer, () => {
    if (page.items.length > 0) {
      const sections = [renderRecordList(page), options.groups ? renderIssueGroups(groups) : "", sayCounts(states)];
      return sections.filter(Boolean).join("\n\n") + moreLine(page.next);
    }
    if (state !== everyState && cursor === undefined && Object.values(states).some((count) => count > 0)) {
      const label = recordStateLabels[state].toLowerCase();
      return `No record fits that is ${label}. See the others with --state all: ${sayCounts(states)}.`;
    }
    const asked = [cursor, narrows(ofAnyState) ? "filter" : undefined];
    return emptyList("record", asked, "No rejected records. A run that turns records away leaves them here.");
  });
  return undefined;
}
