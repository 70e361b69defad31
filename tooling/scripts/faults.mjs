import { endedTogether, install, start } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
process.exit(await endedTogether(start("node", ["tooling/faults/src/main.ts", ...process.argv.slice(2)])));
