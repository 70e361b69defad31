import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import { datasetOf, peopleDefinition } from "../data/people-definition.ts";
import { type BenchServer, expectCompleted, type TimedRun } from "./start-server.ts";

/** An integration that loads people into a dataset of its own, ready to be timed. */
export interface PeopleLoad {
  /** Runs a file that was uploaded and sees that every record was accepted. */
  run(file: string, records: number): Promise<TimedRun>;
  /** Empties the dataset, and lets what that leaves behind not fall on the next run. */
  emptyDataset(): Promise<void>;
}

const warmUpRecords = 10;

/** Applies the integration and runs it once on a few records, so that its dataset is there. */
export async function openPeopleLoad(
  bench: Bench,
  server: BenchServer,
  database: BenchDatabase,
  key = "bench-people",
): Promise<PeopleLoad> {
  await server.api.integrations.applyDefinition.mutate({ yaml: peopleDefinition({ key }) });
  const load: PeopleLoad = {
    async run(file, records) {
      const timed = await server.run(key, file);
      expectCompleted(timed, records);
      return timed;
    },
    async emptyDataset() {
      await database.query(`truncate waybill_data.${datasetOf(key)}`);
      await database.settle();
    },
  };
  await load.run(await server.upload(await bench.files.csv(warmUpRecords)), warmUpRecords);
  return load;
}
