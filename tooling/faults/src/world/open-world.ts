import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRunningNote } from "@waybill/server/running-note";
import { RunWatch } from "../check/run-watch.ts";
import { TakeOvers } from "../check/take-overs.ts";
import type { Violation } from "../check/violation.ts";
import { Feeder } from "../work/feeder.ts";
import { shipmentsTable } from "../work/kind.ts";
import { Api } from "./api.ts";
import { Cluster } from "./cluster.ts";
import { Health } from "./health.ts";
import { furnish, makeSecrets, type Role, type Secrets } from "./identity.ts";
import { type Premises, premisesIn } from "./premises.ts";
import { TcpProxy } from "./proxy.ts";
import { ServerProcess } from "./server-process.ts";
import { Speakers } from "./speakers.ts";
import { type Member, type Web, type Worker, World } from "./world.ts";

/** How a world is made. */
export interface WorldOptions {
  seed: number;
  /** Whether Postgres and the workers get disks that can be full; only where this user may mount. */
  smallDisks: boolean;
  complain(violation: Violation): void;
}

/** A world, and the way to end it: everything is stopped, and `keepLogs` says whether its folder stays. */
export interface OpenWorld {
  world: World;
  close(keepLogs: boolean): Promise<void>;
}

/** Starts a world of its own in a fresh folder, with its work applied and nothing fed yet. */
export async function openWorld(options: WorldOptions): Promise<OpenWorld> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-faults-"));
  await chmod(folder, 0o711);
  const premises = premisesIn(folder, options.smallDisks);
  try {
    return { world: await build(options, premises), close: premises.close };
  } catch (error) {
    await premises.close(true);
    throw error;
  }
}

const workersCount = 3;
const clusterDiskMebibytes = 12 * 1024;
const workerDiskMebibytes = 1024;

async function build({ seed, complain }: WorldOptions, premises: Premises): Promise<World> {
  const clusterDisk = await premises.room("postgres", clusterDiskMebibytes);
  const cluster = await Cluster.start(join(premises.folder, "postgres"));
  premises.onClose(() => cluster.stop("fast"));
  await cluster.query(shipmentsTable);

  const secrets = makeSecrets();
  const speakers = new Speakers();
  const shared = { premises, cluster, speakers, secrets, complain };
  const web = await openWeb(shared);
  const workers: Worker[] = [];
  for (let number = 1; number <= workersCount; number++) {
    workers.push(await openProcess(shared, `worker-${number}`, "worker"));
  }

  const api = new Api(() => ({ url: web.url, token: secrets.token }));
  const health = new Health();
  const watch = new RunWatch(api, speakers, complain);
  const takeOvers = new TakeOvers({ api, speakers, watch, health, complain });
  const feeder = new Feeder(api, watch, seed, complain);
  await feeder.applyDefinitions();
  watch.start();
  takeOvers.start();
  premises.onClose(() => Promise.all([feeder.stop(), watch.stop(), takeOvers.stop()]));
  const { folder } = premises;
  const postgres = { cluster, clusterDisk };
  return new World({ ...postgres, folder, web, workers, api, speakers, health, watch, takeOvers, feeder, complain });
}

interface Shared {
  premises: Premises;
  cluster: Cluster;
  speakers: Speakers;
  secrets: Secrets;
  complain(violation: Violation): void;
}

async function openWeb(shared: Shared): Promise<Web> {
  const opened = await openProcess(shared, "web", "web");
  const home = join(shared.premises.folder, "web");
  const web: Web = {
    ...opened,
    url: "",
    async find() {
      const note = await readRunningNote(home);
      if (!note) throw new Error(`No server answers for ${home}.`);
      web.url = note.url;
    },
  };
  await web.find();
  return web;
}

/** A started process with a line of its own to Postgres; what a worker says there is listened to. */
async function openProcess(
  { premises, cluster, speakers, secrets, complain }: Shared,
  name: string,
  role: Role,
): Promise<Member> {
  const proxy = await TcpProxy.open(cluster.port, (bytes) => {
    if (role === "worker") speakers.hear(name, bytes);
  });
  premises.onClose(() => proxy.close());
  const disk = await premises.room(name, workerDiskMebibytes);
  const databaseUrl = cluster.urlBy(proxy.port);
  const process = new ServerProcess({
    name,
    environment: await furnish(join(premises.folder, name), { databaseUrl, secrets, role }),
    logPath: join(premises.folder, `${name}.log`),
    complain: (detail) => complain({ rule: "process", detail }),
  });
  premises.onClose(() => process.kill());
  await process.start();
  return { process, proxy, disk };
}
