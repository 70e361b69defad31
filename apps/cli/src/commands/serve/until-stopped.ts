import { serve } from "@waybill/server/serve";
import { readServerSettings } from "@waybill/server/settings";
import { pino } from "pino";
import { openSession } from "../../session.ts";
import { runFirstSample } from "./first-sample.ts";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const standardError = 2;

/** Serves until a signal asks it to stop, then stops everything in order. Throws when the server cannot start. */
export async function serveUntilStopped(environment: NodeJS.ProcessEnv): Promise<void> {
  const settings = readServerSettings(environment);
  const stop = stopSignal();
  const log = pino.destination(standardError);
  log.on("error", () => undefined);
  const server = await serve(settings, pino({ level: "warn" }, log));
  try {
    if (settings.samples) await runFirstSample(openSession(server, false), settings.samplesFolder);
    process.stdout.write(`Waybill is ready at ${server.url}\n\n`);
    process.stdout.write(`Sign in (this link works once, for a day):\n  ${await server.signInLink()}\n\n`);
    process.stdout.write("In another terminal: npx waybill --help\nStop with Ctrl-C.\n");
    await stop;
    process.stdout.write("\nStopping...\n");
  } finally {
    await server.close();
  }
  process.stdout.write("Stopped. All data is kept.\n");
}

/** Resolves at the first signal to stop; later ones change nothing, since stopping is under way. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of stopSignals) process.on(signal, () => resolve());
  });
}
