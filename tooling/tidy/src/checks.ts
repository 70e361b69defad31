import type { ProjectFile } from "./project-files.ts";

const linesMax = 300;
const testLinesMax = 400;
const written = /\.(ts|tsx|mjs|css)$/;
const isTest = /\.test\.tsx?$/;

/** Files that have grown too long, each with what to do. */
export function tooLong(files: ProjectFile[]): string[] {
  return files
    .filter(({ path }) => written.test(path))
    .flatMap(({ path, text }) => {
      const lines = text.trimEnd().split("\n").length;
      const max = isTest.test(path) ? testLinesMax : linesMax;
      return lines > max ? [`${path} has ${lines} lines, above ${max}. Split it along a noun.`] : [];
    });
}

const edge = /^(apps|e2e|tooling)\/|\/testing\//;

/** Where packages read the environment or the machine's clock themselves. */
export function readsOutsideTheEdge(files: ProjectFile[]): string[] {
  return files
    .filter(({ path }) => written.test(path) && !edge.test(path) && !isTest.test(path))
    .flatMap(({ path, text }) => [
      ...(/\bprocess\.env\b/.test(text)
        ? [`${path} reads process.env. Read it in an app's settings, and give the value as an argument.`]
        : []),
      ...(path !== "packages/core/src/clock.ts" && /\bnew Date\(\)|\bDate\.now\(\)/.test(text)
        ? [`${path} reads the machine's clock. Take a Clock as an argument, so that tests can hold it still.`]
        : []),
    ]);
}

const linkedPath = /`((?:apps|packages|tooling|e2e|samples)\/[\w./-]+)`|\]\((?!https?:|#)([\w./-]+)\)/g;

/** Paths that the documents name and that are not there. */
export function missingPaths(documents: ProjectFile[], exists: (path: string) => boolean): string[] {
  return documents.flatMap(({ path, text }) =>
    [...text.matchAll(linkedPath)]
      .map((match) => match[1] ?? match[2] ?? "")
      .filter((named) => !exists(named))
      .map((named) => `${path} names ${named}, which does not exist. Correct the path or take it out.`),
  );
}

const unfinished =
  /\b(TODO|FIXME|HACK)|\/\/.*\bXXX\b|@ts-(ignore|expect-error|nocheck)|biome-ignore|\b(test|describe|it)\.(skip|only|todo)\b/;

/** Lines that put something off, or turn a check off. */
export function unfinishedLines(files: ProjectFile[]): string[] {
  return files
    .filter(({ path }) => written.test(path) && !path.startsWith("tooling/tidy/"))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, at) => (unfinished.test(line) ? [`${path}:${at + 1} puts something off: ${line.trim()}`] : [])),
    );
}
