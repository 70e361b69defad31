import { type Database, transaction } from "@waybill/db";
import { DatabaseError, type PoolClient } from "pg";

const deadlock = "40P01";
const triesMax = 5;

/**
 * Changes rejected records in one transaction. Records are held in the order of their ids, but who changes those of several
 * runs may still meet somebody who came the other way; the one whom Postgres turns away begins again.
 */
export async function changeTransaction<Value>(
  database: Database,
  work: (client: PoolClient) => Promise<Value>,
): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await transaction(database, work);
    } catch (error) {
      if (tries === triesMax || !(error instanceof DatabaseError) || error.code !== deadlock) throw error;
    }
  }
}
