import { text } from "node:stream/consumers";
import { limits } from "@waybill/core/limits";
import type { NotificationEvent } from "@waybill/core/notification/events";
import { notificationEvents } from "@waybill/core/notification/events";
import { type Command, InvalidArgumentError } from "commander";
import { CliFailure } from "../../failure.ts";
import { countUpTo, jsonOption } from "../../options.ts";
import { sayTarget } from "../../print/notification.ts";
import { type Session, withSession } from "../../session.ts";

interface AddOptions {
  on: NotificationEvent[];
  integration?: string;
  set?: string;
  schedule?: string;
  webhook?: string;
  secretStdin?: boolean;
  email?: string[];
  lateAfter?: number;
  slowTimes?: number;
  replace?: string;
  json?: boolean;
}

const help = `
Events:
  failed                 a run could not run or was stopped by an error, or a set run aborted at a step
  completed_with_errors  it is Completed with Errors
  recovered              it is Completed, and the one before it was not
  not_started            an occurrence of a schedule has not started within minutes of its time, or could not
  slow                   it goes on far longer than usual: than the median of the last ${limits.usualRunsMax} that were Completed

Without --integration, --set or --schedule a rule is about everything. Test runs notify nobody, and a run that belongs
to a set run notifies as that set run alone.

Examples:
  npx waybill notifications add "Night shift" --on failed,not_started --webhook https://oncall.example.com/waybill
  npx waybill notifications add Payroll --integration people-import --on failed,recovered --email payroll@example.com`;

/** Adds `waybill notifications add`. */
export function addAdd(notifications: Command): void {
  notifications
    .command("add <name>")
    .description("Have somebody told of what happens from now on.")
    .requiredOption("--on <events>", `of what, parted by commas: ${notificationEvents.join(", ")}`, readEvents)
    .option("--integration <key>", "only of this integration")
    .option("--set <key>", "only of this set")
    .option("--schedule <schedule>", "only of what this schedule starts, or does not")
    .option("--webhook <url>", "post it to this address, signed by the format of Standard Webhooks")
    .option("--secret-stdin", "read the secret to sign with, whsec_..., from standard input, and make none")
    .option("--email <addresses>", "mail it to these addresses, parted by commas", readList)
    .option(
      "--late-after <minutes>",
      `when an occurrence counts as not started (default: ${limits.notStartedMinutesDefault})`,
      countUpTo(limits.notStartedMinutesMax),
    )
    .option(
      "--slow-times <times>",
      `how many times the usual is slow, ${limits.slowTimesMin} or more (default: ${limits.slowTimesDefault})`,
      readTimes,
    )
    .option("--replace <rule>", "change this rule instead; it is given all of its terms anew, but for its secret")
    .option(...jsonOption)
    .addHelpText("after", help)
    .action((name: string, options: AddOptions) => withSession(options, (session) => add(session, name, options)));
}

async function add(session: Session, name: string, options: AddOptions): Promise<undefined> {
  const { webhook, email, secretStdin } = options;
  if ((webhook === undefined) === (email === undefined)) {
    throw new CliFailure("wrong_usage", "Say whom to tell, with --webhook URL or --email ADDRESSES.");
  }
  if (secretStdin && webhook === undefined) throw new CliFailure("wrong_usage", "--secret-stdin is for --webhook.");
  const secret = secretStdin ? (await text(process.stdin)).trim() : undefined;
  const saved = await session.api.notifications.save.mutate({
    rule: options.replace,
    name,
    integration: options.integration,
    set: options.set,
    schedule: options.schedule,
    events: options.on,
    notStartedMinutes: options.lateAfter,
    slowTimes: options.slowTimes,
    webhook: webhook === undefined ? undefined : { url: webhook, secret },
    email: email === undefined ? undefined : { addresses: email },
  });
  session.answer(saved, () => {
    const kept = `${saved.name} tells of ${sayTarget(saved.target)}: ${saved.events.join(", ")}.`;
    const made =
      saved.secret && secret === undefined
        ? `\nIts secret is shown this once; give it to the receiver, which checks the signature by it:\n${saved.secret}`
        : "";
    return `${kept}${made}\nTry it: npx waybill notifications test ${saved.id}`;
  });
  return undefined;
}

function readEvents(given: string): NotificationEvent[] {
  return readList(given).map((word) => {
    const event = notificationEvents.find((one) => one === word.replaceAll("-", "_"));
    if (!event) throw new InvalidArgumentError(`The events are ${notificationEvents.join(", ")}, not ${word}.`);
    return event;
  });
}

function readList(given: string): string[] {
  return given.split(",").map((part) => part.trim());
}

function readTimes(given: string): number {
  const times = /^\d{1,3}(\.\d{1,3})?$/.test(given) ? Number(given) : 0;
  if (times < limits.slowTimesMin || times > limits.slowTimesMax) {
    throw new InvalidArgumentError(`Give a number from ${limits.slowTimesMin} to ${limits.slowTimesMax}.`);
  }
  return times;
}
