import { ended, install, start } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
const faults = start("node", ["tooling/faults/src/main.ts", ...process.argv.slice(2)]);
// Ctrl-C reaches the harness by itself, which ends with an audit.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => faults.kill("SIGINT"));
process.exit(await ended(faults));
