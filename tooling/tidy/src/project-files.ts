import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The checkout. */
export const root = resolve(import.meta.dirname, "../../..");

/** A file of the project, by its path from the checkout. */
export interface ProjectFile {
  path: string;
  text: string;
}

/** Every text file that git keeps or would keep. */
export function readProject(): ProjectFile[] {
  const options = { cwd: root, encoding: "utf8" as const, maxBuffer: 64 * 1024 * 1024 };
  const paths = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], options).split(
    "\0",
  );
  return paths
    .filter((path) => /\.(ts|tsx|mjs|css|html|md|json|yaml|yml)$/.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
