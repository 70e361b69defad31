import { type DeliveryState, deliveryStates } from "@waybill/core/notification/events";
import { type Command, Option } from "commander";
import {
  cursorOption,
  emptyList,
  jsonOption,
  limitOption,
  moreLine,
  type PageOptions,
  readIdFrom,
} from "../../options.ts";
import { renderDeliveries } from "../../print/notification.ts";
import { withSession } from "../../session.ts";

/** Adds `waybill notifications deliveries` and `redeliver`. */
export function addDeliveries(notifications: Command): void {
  notifications
    .command("deliveries [rule]")
    .description("The log of what was sent, of one rule or of all, the newest first.")
    .addOption(new Option("--state <state>", "only those").choices([...deliveryStates]))
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((rule: string | undefined, options: PageOptions & { state?: DeliveryState }) =>
      withSession(options, async (session) => {
        const { limit, cursor, state } = options;
        const asked = { rule, state: state && [state], limit, cursor };
        const page = await session.api.notifications.deliveries.query(asked);
        session.answer(page, () =>
          page.items.length === 0
            ? emptyList("delivery", [rule, state, cursor], "Nothing was sent yet.")
            : renderDeliveries(page.items) + moreLine(page.next),
        );
        return undefined;
      }),
    );
  notifications
    .command("redeliver")
    .argument("<delivery>", "its id", readIdFrom("a delivery", "notifications deliveries --json"))
    .description("Send a delivery once more, under the id by which its receiver knows it, or at once if it waits.")
    .option(...jsonOption)
    .action((delivery: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const again = await session.api.notifications.redeliver.mutate({ delivery });
        session.answer(again, () => `It is sent to ${again.rule.name} within seconds: ${again.summary}`);
        return undefined;
      }),
    );
}
