import { limits } from "@waybill/core/limits";
import type { Command } from "commander";
import { CliFailure } from "../failure.ts";
import { cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions, textUpTo } from "../options.ts";
import { formatTime } from "../print/format.ts";
import { renderOccurrences, renderSchedule, renderSchedules } from "../print/schedule.ts";
import { confirmOrRefuse } from "../prompts.ts";
import { type Session, withSession } from "../session.ts";
import { addAdd } from "./schedules/add.ts";
import { addPreview } from "./schedules/preview.ts";

const shownOccurrences = 10;

/** Adds `waybill schedules`: when integrations and sets run by themselves. */
export function addSchedulesCommand(program: Command): void {
  const schedules = program
    .command("schedules")
    .description("When integrations and sets run by themselves. SCHEDULE is an id or a name.");
  addAdd(schedules);
  addPreview(schedules);
  addLists(schedules);
  addChanges(schedules);
}

function addLists(schedules: Command): void {
  schedules
    .command("list")
    .description("The schedules, by name, with their next occurrence.")
    .option("--integration <key>", "only those of this integration")
    .option("--set <key>", "only those of this set")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: PageOptions & { integration?: string; set?: string }) =>
      withSession(options, (session) => list(session, options)),
    );
  schedules
    .command("show <schedule>")
    .description("A schedule, its rules, and what became of its last occurrences.")
    .option(...jsonOption)
    .action((schedule: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const found = await session.api.schedules.get.query({ schedule });
        const { items } = await session.api.schedules.occurrences.query({
          schedule: found.id,
          limit: shownOccurrences,
        });
        session.answer({ ...found, occurrences: items }, () => renderSchedule(found, items));
        return undefined;
      }),
    );
  schedules
    .command("occurrences [schedule]")
    .description("What became of occurrences and what is still to come, the latest first.")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((schedule: string | undefined, options: PageOptions) =>
      withSession(options, async (session) => {
        const { limit, cursor } = options;
        const page = await session.api.schedules.occurrences.query({ schedule, limit, cursor });
        session.answer(page, () =>
          page.items.length === 0
            ? emptyList("occurrence", [schedule, cursor], "Nothing was scheduled yet.")
            : renderOccurrences(page.items) + moreLine(page.next),
        );
        return undefined;
      }),
    );
}

function addChanges(schedules: Command): void {
  schedules
    .command("pause <schedule>")
    .description("Keep a schedule from starting anything. What it would have started is taken down.")
    .option("--note <text>", "why", textUpTo(limits.scheduleNoteCharactersMax))
    .option(...jsonOption)
    .action((schedule: string, options: { note?: string; json?: boolean }) =>
      withSession(options, async (session) => {
        const paused = await session.api.schedules.pause.mutate({ schedule, note: options.note });
        session.answer(paused, () => `Paused ${paused.name}. Go on: npx waybill schedules resume ${paused.id}`);
        return undefined;
      }),
    );
  schedules
    .command("resume <schedule>")
    .description("Let a paused schedule go on with what is due from now on.")
    .option(...jsonOption)
    .action((schedule: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const resumed = await session.api.schedules.resume.mutate({ schedule });
        session.answer(resumed, () => `${resumed.name} goes on.`);
        return undefined;
      }),
    );
  schedules
    .command("skip <schedule>")
    .description("Leave out the next occurrence of a schedule. Those after it stay as they are planned.")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .action((schedule: string, options: { yes?: boolean; json?: boolean }) =>
      withSession(options, (session) => skip(session, schedule, options.yes)),
    );
  schedules
    .command("delete <schedule>")
    .description("Take a schedule away, with what it has planned and the notification rules about it. Its runs stay.")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .action((schedule: string, options: { yes?: boolean; json?: boolean }) =>
      withSession(options, async (session) => {
        const { id, name } = await session.api.schedules.get.query({ schedule });
        await confirmOrRefuse(
          session,
          `Delete the schedule ${name}, and the notification rules about it?`,
          options.yes,
        );
        const deleted = await session.api.schedules.delete.mutate({ schedule: id });
        session.answer(deleted, () => `Deleted ${deleted.name}.`);
        return undefined;
      }),
    );
}

async function skip(session: Session, schedule: string, yes: boolean | undefined): Promise<undefined> {
  const { id, name, nextAt } = await session.api.schedules.get.query({ schedule });
  if (nextAt === null) throw new CliFailure("schedule_changed", `${name} has nothing planned that could be skipped.`);
  const time = formatTime(nextAt);
  await confirmOrRefuse(session, `Skip the run of ${name} at ${time}? Those after it stay.`, yes);
  const skipped = await session.api.schedules.skip.mutate({ schedule: id, at: nextAt });
  const next = skipped.nextAt === null ? "Nothing is planned any more." : `Next: ${formatTime(skipped.nextAt)}`;
  session.answer(skipped, () => `${name} skips ${time}.\n${next}`);
  return undefined;
}

async function list(
  session: Session,
  { integration, set, limit, cursor }: PageOptions & { integration?: string; set?: string },
): Promise<undefined> {
  const page = await session.api.schedules.list.query({ integration, set, limit, cursor });
  session.answer(page, () =>
    page.items.length === 0
      ? emptyList("schedule", [integration, set, cursor], "No schedules. Add one: npx waybill schedules add --help")
      : renderSchedules(page.items) + moreLine(page.next),
  );
  return undefined;
}
