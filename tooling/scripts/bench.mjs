import { benchTools, ensureTools } from "./tools.mjs";
import { endedTogether, install, start } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
await ensureTools(benchTools, "npm run bench");
process.exit(await endedTogether(start("node", ["tooling/bench/src/main.ts", ...process.argv.slice(2)])));
