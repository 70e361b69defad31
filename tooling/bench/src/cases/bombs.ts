import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { makePgpBomb, makeSessionKeyFlood, makeZipBomb } from "../data/bombs.ts";
import { peopleDefinition } from "../data/people-definition.ts";
import { startProbe } from "../measure/probe.ts";
import { forgetPeak, readMemory } from "../measure/process-memory.ts";
import { askReady } from "../server/ask-ready.ts";
import type { BenchServer } from "../server/start-server.ts";

const key = "bombs";
const probePauseMilliseconds = 5;
const refusalBar: Bar = { of: "worst", first: 2 };
const growthBar: Bar = { of: "worst", first: 128 };
const answerBar: Bar = { of: "worst", first: 300 };

/** Files that are meant to do harm. */
export const bombs: Case = {
  name: "bombs",
  what: "a zip bomb, a PGP bomb and a message with 10,000 session keys: how soon and at what cost they are refused",
  beside: "2 s, 128 MiB more memory, and an API that answers meanwhile",
  measure: (bench) =>
    bench.withGpg(async (gpg) => {
      const { folder } = bench;
      const bytes = bench.sizes.bombBytes * 2;
      return [
        ...(await measureBomb(bench, "a zip bomb", () => makeZipBomb(folder, bytes))),
        ...(await measureBomb(bench, "a PGP bomb", (publicKey) => makePgpBomb(folder, bytes, gpg, publicKey))),
        ...(await measureBomb(bench, "10,000 session keys", (publicKey) =>
          makeSessionKeyFlood(folder, gpg, publicKey),
        )),
      ];
    }),
};

/** On a server of its own, so that no bomb finds the memory that another one took. */
async function measureBomb(bench: Bench, what: string, make: (publicKey: string) => Promise<string>): Promise<Line[]> {
  return await bench.withServer(async (server) => {
    const yaml = peopleDefinition({ key, expandedBytesMax: bench.sizes.bombBytes });
    await server.api.integrations.applyDefinition.mutate({ yaml });
    bench.say(`making ${what}`);
    const { armored } = await server.api.keys.export.query({});
    const file = await server.upload(await make(armored));
    const refusals: Refusal[] = [];
    for (let turn = 0; turn < bench.times; turn++) {
      const refusal = await refuseOnce(server, file);
      bench.say(`${what}: ${refusal.seconds.toFixed(3)} s, ${refusal.code}`);
      refusals.push(refusal);
    }
    return toLines(what, refusals);
  });
}

function toLines(what: string, refusals: Refusal[]): Line[] {
  const note = [...new Set(refusals.map(({ code }) => code))].join(", ");
  const seconds = refusals.map((refusal) => refusal.seconds);
  const growths = refusals.flatMap(({ growth }) => growth ?? []);
  const slowest = refusals.map((refusal) => refusal.slowest);
  return [
    { what: `${what} until Failed`, unit: "s", values: seconds, bar: refusalBar, note },
    { what: `${what}, more memory`, unit: "MiB", values: growths, bar: growthBar },
    { what: `${what}, slowest /readyz`, unit: "ms", values: slowest, bar: answerBar },
  ];
}

interface Refusal {
  seconds: number;
  /** MiB above what the server had before; null where the machine does not tell. */
  growth: number | null;
  /** The longest that `/readyz` took meanwhile, in milliseconds. */
  slowest: number;
  code: string;
}

async function refuseOnce(server: BenchServer, file: string): Promise<Refusal> {
  await forgetPeak(server.pid);
  const before = await readMemory(server.pid);
  const probe = startProbe(probePauseMilliseconds, () => askReady(server));
  const { run, seconds } = await server.run(key, file);
  const slowest = Math.max(...(await probe.stop()));
  const after = await readMemory(server.pid);
  if (run.status !== "failed") throw new Error(`A bomb was not refused: its run is ${run.status}.`);
  const growth = before && after ? Math.max(0, after.peak - before.now) : null;
  return { seconds, growth, slowest, code: run.failure?.code ?? "" };
}
