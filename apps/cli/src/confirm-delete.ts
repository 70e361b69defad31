import { CliFailure, toFailure } from "./failure.ts";
import { confirmOrRefuse } from "./prompts.ts";
import type { Session } from "./session.ts";

/** Something that others may need, and how to ask for it and for them. */
export interface Needed {
  thing: string;
  read: () => Promise<{ deleted: boolean }>;
  readDependents: () => Promise<{ message: string }>;
}

/**
 * Asks before something is deleted that others may need, and says which. Where that cannot be found out nothing is deleted,
 * unless `--yes` was given. Of what is not there, or no longer, nobody is asked: deleting it fails.
 */
export async function confirmDelete(
  session: Session,
  { thing, read, readDependents }: Needed,
  yes: boolean | undefined,
): Promise<void> {
  if (yes || (await read()).deleted) return;
  const { message } = await readDependents().catch((error: unknown): never => {
    const { code, message, details } = toFailure(error, session.connection.url);
    const then = `Nothing was deleted, since what needs the ${thing} could not be found out. Try again, or add --yes.`;
    throw new CliFailure(code, `${message} ${then}`, details);
  });
  await confirmOrRefuse(session, `${message} Delete the ${thing}?`.trim(), yes);
}
