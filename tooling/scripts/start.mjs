import { endedTogether, install, run, start, stop } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
if ((await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true })) !== 0)
  stop("The console could not be built. The lines above say why.");

process.exit(await endedTogether(start("waybill", ["serve"])));
