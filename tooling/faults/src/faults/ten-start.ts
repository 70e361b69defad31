import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { furnish, makeSecrets } from "../world/identity.ts";
import { ServerProcess } from "../world/server-process.ts";
import type { World } from "../world/world.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

/** Starts ten processes at once on a database that nobody has migrated. */
export const tenStart: Fault = {
  name: "ten-start",
  says: "ten processes starting and migrating one fresh database at once",
  weight: 1,
  async inject(world, random) {
    const name = `fresh_${random.between(1, 1_000_000_000)}`;
    await world.parts.cluster.query(`create database ${name}`);
    const processes = await makeProcesses(world, name);
    const started = await Promise.allSettled(processes.map((process) => process.start()));
    for (const start of started) {
      if (start.status === "rejected") world.parts.complain({ rule: "start", detail: String(start.reason) });
    }
    const running = processes.filter((process) => process.lives);
    await Promise.all(running.map((process) => world.stop(process)));
    await world.parts.cluster.query(`drop database ${name} with (force)`);
    return {
      did: `started ${running.length} of ${processes.length} processes on a fresh database`,
      heal: nothingToHeal,
    };
  },
};

const processesCount = 10;

async function makeProcesses(world: World, database: string): Promise<ServerProcess[]> {
  const { cluster, folder, complain } = world.parts;
  const databaseUrl = Object.assign(new URL(cluster.url), { pathname: `/${database}` }).href;
  const secrets = makeSecrets();
  const shared = join(folder, database);
  await mkdir(shared, { mode: 0o711 });
  return await Promise.all(
    Array.from({ length: processesCount }, async (_, index) => {
      const name = `fresh-${index + 1}`;
      const environment = await furnish(join(shared, name), {
        databaseUrl,
        secrets,
        role: index === 0 ? "web" : "worker",
      });
      const hear = (detail: string) => complain({ rule: "process", detail });
      return new ServerProcess({ name, environment, logPath: join(shared, `${name}.log`), complain: hear });
    }),
  );
}
