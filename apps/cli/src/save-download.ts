import { existsSync } from "node:fs";
import { printBytes } from "./output.ts";
import { formatNumber } from "./print/format.ts";
import { confirmOrRefuse } from "./prompts.ts";
import type { Session } from "./session.ts";
import { openTarget } from "./target-file.ts";
import { download } from "./transfer.ts";

/** The options of a command that gives a file, each as commander takes it. */
export const outOption = ["--out <path>", "write to this file instead of standard output"] as const;
export const outJsonOption = [
  "--json",
  "with --out: print one JSON object on standard output; without: do so for faults alone",
] as const;

/** Which file of the server is wanted, and where. */
export interface Download {
  path: string;
  out: string | undefined;
  /** What is said besides of a file that was written. */
  next?: string;
}

/**
 * Writes a file of the server to the one that `--out` names, or prints it. Over one that stands there it writes only once
 * the server gives something, and where somebody can be asked, only if they say so. Throws `CliFailure` when the server
 * refuses, or the file cannot be written.
 */
export async function saveDownload(session: Session, { path, out, next = "" }: Download): Promise<void> {
  if (out !== undefined && session.interactive && existsSync(out)) {
    await confirmOrRefuse(session, `${JSON.stringify(out)} is there already. Write over it?`, false);
  }
  const content = await download(session.connection, path);
  if (out === undefined) return await printBytes(content);
  const target = await openTarget(out).catch((error: unknown): never => {
    content.destroy();
    throw error;
  });
  const bytes = await target.write(content);
  session.answer({ path: target.path, bytes }, () => `Wrote ${formatNumber(bytes)} bytes to ${target.path}. ${next}`);
}
