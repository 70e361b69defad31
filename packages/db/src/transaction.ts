import type { PoolClient } from "pg";
import type { Database } from "./database.ts";

/**
 * Runs `work` in one transaction on one connection and commits what it did; a throw rolls it back. When the connection
 * is lost the promise rejects at once, whatever `work` waits for, and nothing that `work` sends later reaches a server:
 * a lost client never connects again, and it never goes back to the pool.
 */
export async function transaction<Value>(
  database: Database,
  work: (client: PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await database.pool.connect();
  const lost = watchForLoss(client);
  try {
    await client.query("begin");
    const value = await Promise.race([work(client), lost.promise]);
    await client.query("commit");
    lost.forget();
    client.release();
    return value;
  } catch (error) {
    const usable = await rollback(client, lost.happened());
    lost.forget();
    client.release(!usable);
    throw error;
  }
}

async function rollback(client: PoolClient, lost: boolean): Promise<boolean> {
  if (lost) return false;
  try {
    await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}

function watchForLoss(client: PoolClient) {
  const { promise, reject } = Promise.withResolvers<never>();
  let happened = false;
  const onLoss = (error?: Error) => {
    happened = true;
    reject(error ?? new Error("The connection to the database was lost during a transaction."));
  };
  promise.catch(() => undefined);
  client.on("error", onLoss);
  client.on("end", onLoss);
  return {
    promise,
    happened: () => happened,
    forget() {
      client.off("error", onLoss);
      client.off("end", onLoss);
    },
  };
}
