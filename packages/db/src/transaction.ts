import type { PoolClient } from "pg";
import type { Database } from "./database.ts";

/**
 * Runs `work` in one transaction on one connection and commits what it did; a throw rolls it back. When the connection
 * is lost the promise rejects at once, whatever `work` waits for, and nothing that `work` sends later reaches a server:
 * a lost client never connects again, and it never goes back to the pool. When `signal` aborts the connection is given
 * up, the statement at work is cancelled, and the promise rejects with the signal's reason; a commit that was on its way
 * may have been made. `settings` are statements of SQL that it begins with.
 */
export async function transaction<Value>(
  database: Database,
  work: (client: PoolClient) => Promise<Value>,
  signal?: AbortSignal,
  settings = "",
): Promise<Value> {
  signal?.throwIfAborted();
  const client = await database.pool.connect();
  let lost: Loss | undefined;
  let usable = false;
  const giveUp = () => {
    lost?.declare(signal?.reason);
    void cancelStatement(database, client);
  };
  try {
    lost = watchForLoss(client);
    signal?.addEventListener("abort", giveUp, { once: true });
    if (signal?.aborted) giveUp();
    await Promise.race([client.query(`begin; ${settings}`), lost.promise]);
    signal?.throwIfAborted();
    const value = await Promise.race([work(client), lost.promise]);
    await Promise.race([commit(client), lost.promise]);
    usable = true;
    return value;
  } catch (error) {
    usable = await rollback(client, lost?.happened() ?? false);
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
    lost?.forget();
    // What was cancelled is not for whoever would use the connection next.
    client.release(!usable || lost?.happened());
  }
}

/** Postgres answers the commit of a transaction in which a statement failed with a rollback, and calls that no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query("commit");
  if (command !== "COMMIT") throw new Error("A statement failed in the transaction, so nothing of it was committed.");
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

/** What a lost connection was doing would otherwise go on, with all of its locks, until it is done. */
async function cancelStatement(database: Database, client: PoolClient): Promise<void> {
  const { processID } = client as PoolClient & { processID: number };
  await database.pool.query("select pg_cancel_backend($1)", [processID]).catch(() => undefined);
}

type Loss = ReturnType<typeof watchForLoss>;

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
    declare: onLoss,
    happened: () => happened,
    forget() {
      client.off("error", onLoss);
      client.off("end", onLoss);
    },
  };
}
