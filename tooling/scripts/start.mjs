import { ended, install, run, start, stop } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
if ((await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true })) !== 0)
  stop("The console could not be built. The lines above say why.");

const server = start("waybill", ["serve"]);
// The server stops at the first of these and does not mind the others.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
stopWithParent();
process.exit(await ended(server));

/** npm tells a signal to its shell alone, which ends without a word: then the server ends too. */
function stopWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) server.kill("SIGTERM");
  }, 500);
}
