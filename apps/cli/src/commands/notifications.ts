import type { Command } from "commander";
import { CliFailure } from "../failure.ts";
import { cursorOption, emptyList, jsonOption, limitOption, moreLine, type PageOptions } from "../options.ts";
import { renderRule, renderRules } from "../print/notification.ts";
import { confirmOrRefuse } from "../prompts.ts";
import { withSession } from "../session.ts";
import { addAdd } from "./notifications/add.ts";
import { addDeliveries } from "./notifications/deliveries.ts";

const shownDeliveries = 10;

/** Adds `waybill notifications`: who is told of what. */
export function addNotificationsCommand(program: Command): void {
  const notifications = program
    .command("notifications")
    .description(
      "Who is told, by webhook or e-mail, of what fails, recovers, is late or slow. RULE is an id or a name.",
    );
  addLists(notifications);
  addAdd(notifications);
  addChanges(notifications);
  addDeliveries(notifications);
}

function addLists(notifications: Command): void {
  notifications
    .command("list")
    .description("The notification rules, by name, with their last delivery.")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: PageOptions) =>
      withSession(options, async (session) => {
        const { limit, cursor } = options;
        const page = await session.api.notifications.list.query({ limit, cursor });
        session.answer(page, () =>
          page.items.length === 0
            ? emptyList(
                "rule",
                [cursor],
                "Nobody is told of anything. Add a rule: npx waybill notifications add --help",
              )
            : renderRules(page.items) + moreLine(page.next),
        );
        return undefined;
      }),
    );
  notifications
    .command("show <rule>")
    .description("A rule, its terms, and its last deliveries.")
    .option(...jsonOption)
    .action((rule: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const found = await session.api.notifications.get.query({ rule });
        const asked = { rule: found.id, limit: shownDeliveries };
        const { items } = await session.api.notifications.deliveries.query(asked);
        session.answer({ ...found, deliveries: items }, () => renderRule(found, items));
        return undefined;
      }),
    );
}

function addChanges(notifications: Command): void {
  notifications
    .command("pause <rule>")
    .description("Keep a rule from telling anything. What happens meanwhile is not told later.")
    .option(...jsonOption)
    .action((rule: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const paused = await session.api.notifications.pause.mutate({ rule });
        session.answer(paused, () => `Paused ${paused.name}. Go on: npx waybill notifications resume ${paused.id}`);
        return undefined;
      }),
    );
  notifications
    .command("resume <rule>")
    .description("Let a paused rule tell what happens from now on, and send what it still had to.")
    .option(...jsonOption)
    .action((rule: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const resumed = await session.api.notifications.resume.mutate({ rule });
        session.answer(resumed, () => `${resumed.name} goes on.`);
        return undefined;
      }),
    );
  notifications
    .command("delete <rule>")
    .description("Take a rule away, with the log of its deliveries.")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .action((rule: string, options: { yes?: boolean; json?: boolean }) =>
      withSession(options, async (session) => {
        const { id, name } = await session.api.notifications.get.query({ rule });
        await confirmOrRefuse(session, `Delete the notification rule ${name}?`, options.yes);
        const deleted = await session.api.notifications.delete.mutate({ rule: id });
        session.answer(deleted, () => `Deleted ${deleted.name}.`);
        return undefined;
      }),
    );
  notifications
    .command("test <rule>")
    .description("Send a test message at once, and tell what the other side said to it. It stands in no log.")
    .option(...jsonOption)
    .action((rule: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const answer = await session.api.notifications.test.mutate({ rule });
        if (!answer.delivered)
          throw new CliFailure("test_failed", answer.error ?? "It was not delivered.", { ...answer });
        const said = answer.status === null ? answer.body : `${answer.status} ${answer.body}`;
        session.answer(answer, () => ["Delivered.", answer.error, said].filter(Boolean).join("\n"));
        return undefined;
      }),
    );
}
