import { CliFailure, type Failure, toFailure } from "./failure.ts";
import { readLocalFile } from "./local-file.ts";
import type { Session } from "./session.ts";

/** What became of a definition that was applied. */
export interface Applied {
  key: string;
  version: number;
  outcome: string;
}

/** Applies the definitions of some files, one after the other; a fault tells which were applied before it. */
export async function applyFiles(
  session: Session,
  files: string[],
  apply: (yaml: string) => Promise<Applied>,
): Promise<undefined> {
  const applied: (Applied & { file: string })[] = [];
  for (const file of files) {
    const yaml = (await readLocalFile(file)).toString("utf8");
    const result = await apply(yaml).catch((error: unknown): never => {
      throw refusedFile(toFailure(error, session.connection.url), file, applied);
    });
    applied.push({ file, ...result });
  }
  session.answer({ items: applied, next: null }, () =>
    applied.map(({ key, version, outcome }) => `${key}: ${outcome}, version ${version}`).join("\n"),
  );
  return undefined;
}

/** A fault of one file of several, with those that were applied before it. */
function refusedFile({ code, message, details }: Failure, file: string, applied: Applied[]): CliFailure {
  const before = applied.length === 0 ? "" : `\nApplied before it: ${applied.map(({ key }) => key).join(", ")}.`;
  return new CliFailure(code, `${file}: ${message}${before}`, { ...details, file, applied });
}
