import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { missingPaths, readsOutsideTheEdge, tooLong, unfinishedLines } from "./checks.ts";
import { readProject, root } from "./project-files.ts";

const project = readProject();
const documents = project.filter(({ path }) => path === "README.md" || path === "ARCHITECTURE.md");

describe("the project", () => {
  test("has no file that is too long", () => expect(tooLong(project)).toEqual([]));
  test("reads environment and clock at the edge alone", () => expect(readsOutsideTheEdge(project)).toEqual([]));
  test("has documents that name only what exists", () => {
    expect(documents).toHaveLength(2);
    expect(missingPaths(documents, (path) => existsSync(join(root, path)))).toEqual([]);
  });
  test("has one version of pnpm", () => {
    const text = (path: string) => project.find((file) => file.path === path)?.text ?? "";
    const { packageManager } = JSON.parse(text("package.json"));
    expect(text("pnpm-workspace.yaml")).toContain(`\n  pnpm: ${packageManager.replace("pnpm@", "")}\n`);
  });
  test("puts nothing off and turns no check off", () => expect(unfinishedLines(project)).toEqual([]));
});

describe("the checks", () => {
  test("find a file that is a line too long, and not one that is just as long", () => {
    const file = (lines: number, path = "packages/core/src/a.ts") => ({ path, text: "x\n".repeat(lines) });
    expect(tooLong([file(300), file(400, "packages/core/src/a.test.ts")])).toEqual([]);
    expect(tooLong([file(301), file(401, "packages/core/src/a.test.ts")])).toHaveLength(2);
  });

  test("find the environment and the clock in a package, and not in an app", () => {
    const text = "process.env.PORT; new Date()";
    expect(readsOutsideTheEdge([{ path: "packages/core/src/a.ts", text }])).toHaveLength(2);
    expect(readsOutsideTheEdge([{ path: "apps/server/src/settings.ts", text }])).toEqual([]);
  });

  test("find a comment that puts something off, and not a sign of a date pattern", () => {
    const file = (text: string) => ({ path: "packages/core/src/a.ts", text });
    expect(unfinishedLines([file("const a = 1; // XXX later"), file("// TODO"), file("test.skip(1)")])).toHaveLength(3);
    expect(unfinishedLines([file('XXX: ["offset"],')])).toEqual([]);
  });

  test("find a path that is gone", () => {
    const text = "See `packages/core/src/a.ts` and [more](docs/b.md).";
    expect(missingPaths([{ path: "README.md", text }], (path) => path === "docs/b.md")).toHaveLength(1);
  });
});

describe("an import against the arrows fails lint, and the message says what to do", () => {
  test.each([
    ["packages/db/src", "@waybill/core/errors", "Move the code to packages/core"],
    ["packages/core/src/run", "@waybill/api", "Give what it needs as an argument"],
    ["packages/core/src/run", "hono", "Put this in apps/server"],
    ["packages/core/src/record", "node:fs", "runs in browsers too"],
    ["packages/core/src/record", "../engine/worker.ts", "runs in browsers too"],
    ["packages/api/src", "@waybill/db", "Write the query in a verb"],
    ["apps/server/src", "pg", "Write a verb in packages/core"],
    ["apps/web/src", "@waybill/core/engine/worker", "Ask the server for the rest"],
    ["apps/web/src", "@waybill/db", "Add a procedure to packages/api"],
    ["apps/cli/src", "@waybill/db", "Add a procedure to packages/api"],
  ])("%s importing %s", async (folder, name, advice) => {
    const path = join(root, folder, `against-the-arrows-${process.pid}.ts`);
    onTestFinished(() => rm(path, { force: true }));
    await writeFile(path, `import * as forbidden from ${JSON.stringify(name)};\n\nexport const used = forbidden;\n`);
    const { code, said } = await lint(path);
    expect(code).toBe(1);
    expect(said.replaceAll(/\s+/g, " ")).toContain(advice);
  });
});

function lint(path: string): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile("biome", ["lint", "--colors=off", path], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}
