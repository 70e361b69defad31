import { install, run } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
process.exit(await run("node", ["tooling/faults/src/main.ts", ...process.argv.slice(2)]));
