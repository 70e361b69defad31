import { ended, install, run, start, stop } from "./workspace.mjs";

// Runs on any Node from 20 on, before anything is installed.
await install();
if ((await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true })) !== 0)
  stop("The console could not be built. The lines above say why.");

const server = start("node", ["--max-semi-space-size=8", "apps/cli/src/main.ts", "serve"]);
// A terminal sends Ctrl-C to the server too; whoever else stops this process means the server.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (signal === "SIGTERM" || !process.stdin.isTTY) server.kill(signal);
  });
}
process.exit(await ended(server));
