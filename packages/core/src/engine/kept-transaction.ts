import { type Database, transaction } from "@waybill/db";
import type { PoolClient } from "pg";

/** Runs `work` as `transaction` does, with its `settings`, and keeps what it wrote only when it says so. Gives the value of `work`. */
export async function transactionKeptIf<Value>(
  database: Database,
  work: (client: PoolClient) => Promise<{ keep: boolean; value: Value }>,
  signal?: AbortSignal,
  settings?: string,
): Promise<Value> {
  try {
    return await transaction(
      database,
      async (client) => {
        const { keep, value } = await work(client);
        if (!keep) throw new NotKept(value);
        return value;
      },
      signal,
      settings,
    );
  } catch (error) {
    if (error instanceof NotKept) return error.value as Value;
    throw error;
  }
}

class NotKept extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super("The transaction was rolled back as intended.");
    this.value = value;
  }
}
