import type { Services } from "../context.ts";

/** The columns of a run's source as they stood in its header; empty until the source was opened. */
export async function sourceColumns(services: Services, runId: string): Promise<string[]> {
  const { rows } = await services.database.pool.query<{ source_columns: string[] | null }>(
    "select source_columns from waybill.runs where id = $1",
    [runId],
  );
  return rows[0]?.source_columns ?? [];
}
