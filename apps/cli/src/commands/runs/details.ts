import { emptyList, moreLine, type PageOptions } from "../../options.ts";
import { formatTime } from "../../print/format.ts";
import { renderTable } from "../../print/table.ts";
import type { Session } from "../../session.ts";

/** Prints the rejected records of a run, one line for each issue. */
export async function showIssues(
  session: Session,
  run: string,
  { code, field, limit, cursor }: PageOptions & { code?: string; field?: string },
): Promise<undefined> {
  const page = await session.api.runs.issues.query({ run, code, field, limit, cursor });
  session.answer(page, () => {
    if (page.items.length === 0) return emptyList("rejected record", [code, field, cursor], "No rejected records.");
    const rows = page.items.flatMap((record) =>
      record.issues.map((issue) => [
        String(record.line),
        issue.field ?? "-",
        issue.code,
        issue.value === null ? "" : JSON.stringify(issue.value),
        issue.message,
      ]),
    );
    return renderTable(["Line", "Field", "Issue", "Value", "Meaning"], rows, ["Line"]) + moreLine(page.next);
  });
  return undefined;
}

/** Prints the log of a run. */
export async function showLog(session: Session, run: string, { limit, cursor }: PageOptions): Promise<undefined> {
  const page = await session.api.runs.log.query({ run, limit, cursor });
  session.answer(page, () => {
    const rows = page.items.map((line) => [formatTime(line.at), line.level, line.message]);
    return renderTable(["Time", "Level", "Message"], rows) + moreLine(page.next);
  });
  return undefined;
}
