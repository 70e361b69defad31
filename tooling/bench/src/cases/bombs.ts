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
    bench.withServer((server) =>
      bench.withGpg(async (gpg) => {
        const { bombBytes } = bench.sizes;
        await server.api.integrations.applyDefinition.mutate({
          yaml: peopleDefinition({ key, expandedBytesMax: bombBytes }),
        });
        const { armored } = await server.api.keys.export.query({});
        bench.say("making the bombs");
        const zipBomb = await makeZipBomb(bench.folder, bombBytes * 2);
        const pgpBomb = await makePgpBomb(bench.folder, gpg, armored);
        const flood = await makeSessionKeyFlood(bench.folder, gpg, armored);
        return [
          ...(await measureRefusal(bench, server, "a zip bomb", zipBomb)),
          ...(await measureRefusal(bench, server, "a PGP bomb", pgpBomb)),
          ...(await measureRefusal(bench, server, "10,000 session keys", flood)),
        ];
      }),
    ),
};

async function measureRefusal(bench: Bench, server: BenchServer, what: string, path: string): Promise<Line[]> {
  const file = await server.upload(path);
  const turns: Refusal[] = [];
  for (let turn = 0; turn < bench.times; turn++) {
    const refusal = await refuseOnce(server, file);
    bench.say(`${what}: ${refusal.seconds.toFixed(3)} s, ${refusal.code}`);
    turns.push(refusal);
  }
  const note = [...new Set(turns.map(({ code }) => code))].join(", ");
  return [
    { what: `${what} until Failed`, unit: "s", values: turns.map(({ seconds }) => seconds), bar: refusalBar, note },
    { what: `${what}, more memory`, unit: "MiB", values: turns.flatMap(({ growth }) => growth ?? []), bar: growthBar },
    { what: `${what}, slowest /readyz`, unit: "ms", values: turns.map(({ slowest }) => slowest), bar: answerBar },
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
