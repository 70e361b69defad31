import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureTools, testTools } from "./tools.mjs";
import { install, root, run } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
const results = join(root, "test-results");
const counts = { passed: 0, failed: 0 };

await install();
await ensureTools(testTools, "npm test");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await check("Lint", "biome", ["check", "--error-on-warnings", "."]);
await check("Types", "turbo", ["run", "types", "--output-logs=errors-only"]);
await check("Console build", "turbo", ["run", "build", "--output-logs=errors-only"]);
// The plan of faults says how soon runs go on elsewhere, so nothing else may take the machine from it.
const planOfFaults = "tooling/faults/src/faults.test.ts";
await vitest("Unit and integration tests", "vitest.json", ["--exclude", planOfFaults]);
await vitest("A plan of faults", "faults.json", [planOfFaults]);
const playwright = join(root, "e2e", "node_modules", ".bin", "playwright");
await tests("Browser tests", playwright, ["test", "--config", "e2e"], () => {
  const { expected, unexpected, flaky, skipped } = read("browser.json").stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
});

process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(counts.failed === 0 ? 0 : 1);

async function check(title, command, parameters) {
  process.stdout.write(`\n${title}\n`);
  counts[(await run(command, parameters)) === 0 ? "passed" : "failed"]++;
}

async function vitest(title, file, parameters) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=test-results/${file}`];
  await tests(title, "vitest", ["run", ...reporters, ...parameters], () => {
    const { numPassedTests, numFailedTests, numPendingTests } = read(file);
    return { passed: numPassedTests, failed: numFailedTests + numPendingTests };
  });
}

/** A suite that ends badly counts as a failure even when none of its tests says so. */
async function tests(title, command, parameters, count) {
  process.stdout.write(`\n${title}\n`);
  const code = await run(command, parameters);
  const { passed, failed } = safely(count);
  counts.passed += passed;
  counts.failed += code !== 0 && failed === 0 ? 1 : failed;
}

/** A suite that left no numbers counts as one failure. */
function safely(count) {
  try {
    return count();
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function read(name) {
  return JSON.parse(readFileSync(join(results, name), "utf8"));
}
