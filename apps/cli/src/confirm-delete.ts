import { CliFailure, toFailure } from "./failure.ts";
import { confirmOrRefuse } from "./prompts.ts";
import type { Session } from "./session.ts";

/**
 * Asks before something is deleted that others may need, and says which. Where that cannot be found out nothing is deleted,
 * unless `--yes` was given.
 */
export async function confirmDelete(
  session: Session,
  thing: string,
  readDependents: () => Promise<{ message: string }>,
  yes: boolean | undefined,
): Promise<void> {
  if (yes) return;
  const { message } = await readDependents().catch((error: unknown): never => {
    const { code, message, details } = toFailure(error, session.connection.url);
    const then = `Nothing was deleted, since what needs the ${thing} could not be found out. Try again, or add --yes.`;
    throw new CliFailure(code, `${message} ${then}`, details);
  });
  await confirmOrRefuse(session, `${message} Delete the ${thing}?`.trim(), yes);
}
