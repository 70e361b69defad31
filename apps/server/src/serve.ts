import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { allowToken, makeSignInLink } from "@waybill/core/access/sign-in";
import { systemClock } from "@waybill/core/clock";
import type { Log, Services } from "@waybill/core/context";
import { startWorker } from "@waybill/core/engine/worker";
import { checkMasterKey } from "@waybill/core/key/check-master-key";
import { ensureKey } from "@waybill/core/key/generate-key";
import { openServices } from "@waybill/core/open-services";
import { startPurging } from "@waybill/core/retention/start-purging";
import { type Stops, stopAll } from "@waybill/core/stop-all";
import { watchDatabase } from "@waybill/core/worker/watch-database";
import { migrate } from "@waybill/db";
import { startEmbeddedPostgres } from "@waybill/db/embedded/start-embedded-postgres";
import { type Home, openHome } from "./home.ts";
import { createHttpApp } from "./http/app.ts";
import { installSamples } from "./install-samples.ts";
import { listen } from "./listen.ts";
import { logRuns } from "./log-runs.ts";
import { openGivenDatabase } from "./open-given-database.ts";
import { readRunningNote, removeRunningNote, writeRunningNote } from "./running-note.ts";
import type { ServerSettings } from "./settings.ts";

/** A server that answers, takes runs, or both. */
export interface RunningServer {
  url: string;
  token: string;
  /** A link that signs one browser in, once. */
  signInLink(): Promise<string>;
  /** Lets runs finish their batch, then stops everything that was started, in order. May be called twice. */
  close(): Promise<void>;
}

/** Starts Postgres where none is given, then the server and its worker, as its role says. What was started is stopped if a step throws. */
export async function serve(settings: ServerSettings, log: Log): Promise<RunningServer> {
  const running = await readRunningNote(settings.home);
  if (running) throw new Error(`Waybill is already running at ${running.url} (process ${running.pid}).`);
  const stops: Stops = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(stops);
    return closing;
  };
  try {
    return { ...(await start(settings, log, stops)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(settings: ServerSettings, log: Log, stops: Stops) {
  const home = await openHome(settings.home, settings.masterKey);
  stops.push(() => home.close());
  const databaseUrl = settings.databaseUrl ?? (await startPostgres(home.postgresFolder, stops));
  await (settings.databaseUrl ? openGivenDatabase : migrate)(databaseUrl);
  const consoleAddress = { url: settings.publicUrl };
  const services = await openServices({
    databaseUrl,
    masterKey: home.masterKey,
    clock: systemClock,
    log,
    temporaryFolder: home.temporaryFolder,
    timeZone: settings.timeZone,
    mail: settings.mail,
    consoleAddress,
  });
  stops.push(() => services.close());
  await checkMasterKey(services);
  if (settings.role !== "worker") await prepareForPeople(services, home, settings);
  logRuns(services);
  const runs = await startRuns(services, settings);
  stops.push(() => runs.stop());
  if (settings.role !== "worker") stops.push(keepPurging(services, settings));

  const instance = randomUUID();
  const app = createHttpApp(services, { instance, role: settings.role, consoleFolder: settings.consoleFolder });
  const listening = await listen(app, settings);
  stops.push(() => listening.close());
  if (settings.role !== "worker") consoleAddress.url ??= listening.url;
  await writeRunningNote(settings.home, { url: listening.url, pid: process.pid, instance });
  stops.push(() => removeRunningNote(settings.home));
  return {
    url: listening.url,
    token: home.token,
    signInLink: async () => `${listening.url}/sign-in?link=${await makeSignInLink(services)}`,
  };
}

async function prepareForPeople(services: Services, { id, token }: Home, settings: ServerSettings): Promise<void> {
  await allowToken(services, token, id);
  await ensureKey(services);
  if (settings.samples) await installSamples(services, settings.samplesFolder);
}

/** Gives what stops it. A worker purges nothing: of all processes, the one that keeps least would else decide. */
function keepPurging(services: Services, { keep }: ServerSettings): () => Promise<void> {
  const purging = startPurging(services, keep);
  return () => purging.stop();
}

/** Takes runs, unless this process only answers people. */
async function startRuns(services: Services, { role }: ServerSettings): Promise<{ stop(): Promise<void> }> {
  if (role === "web") return await watchDatabase(services);
  return await startWorker(services, { host: hostname(), pid: process.pid, role });
}

async function startPostgres(folder: string, stops: Stops): Promise<string> {
  const postgres = await startEmbeddedPostgres({ folder });
  stops.push(() => postgres.stop());
  return postgres.quickUrl;
}

async function closeAll(stops: Stops): Promise<void> {
  for (const fault of await stopAll(stops)) {
    process.exitCode = 1;
    process.emitWarning(fault instanceof Error ? fault : new Error(String(fault)));
  }
}
