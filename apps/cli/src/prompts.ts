import { confirm, isCancel, password, select, text } from "@clack/prompts";
import { CliFailure, Declined } from "./failure.ts";
import { safeText } from "./print/format.ts";
import type { Session } from "./session.ts";

const listedMax = 200;

/** The integration that a person picks from a list; elsewhere it is wrong usage to leave it out. */
export async function pickIntegration(session: Session): Promise<string> {
  if (!session.interactive)
    throw new CliFailure("wrong_usage", "Name the integration to run, such as 'npx waybill run people-import'.");
  const { items } = await session.api.integrations.list.query({ limit: listedMax });
  const options = items.map((item) => ({ value: item.key, label: safeText(item.name), hint: item.key }));
  return orCancel(await select({ message: "Which integration?", options, output: process.stderr }));
}

/** The path of the source file that a person types; elsewhere it is wrong usage to leave it out. */
export async function askSourceFile(session: Session): Promise<string> {
  if (!session.interactive) throw new CliFailure("wrong_usage", "Name the source file with --file PATH.");
  const validate = (typed: string | undefined) => (typed?.trim() ? undefined : "Type the path of a file.");
  return orCancel(await text({ message: "Which source file?", validate, output: process.stderr })).trim();
}

/** Asks before something that cannot be undone. Where nobody can answer, `--yes` must have been given. */
export async function confirmOrRefuse(session: Session, question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!session.interactive) throw new CliFailure("wrong_usage", `${question} Add --yes to say so.`);
  const answer = orCancel(await confirm({ message: safeText(question), initialValue: false, output: process.stderr }));
  if (!answer) throw new Declined();
}

/** A secret typed at the terminal, without showing it. */
export async function askSecret(message: string): Promise<string> {
  return orCancel(await password({ message, output: process.stderr }));
}

function orCancel<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (isCancel(answer)) throw new Declined();
  return answer as Exclude<Answer, symbol>;
}
