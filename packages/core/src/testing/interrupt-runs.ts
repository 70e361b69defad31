import type { Context } from "../context.ts";

/** Makes the next `times` updates of a run for which `condition` (over `old` and `new`) holds fail with this SQLSTATE. */
export async function failRunUpdates(
  ctx: Context,
  condition: string,
  { sqlState, times = 1 }: { sqlState: string; times?: number },
): Promise<void> {
  await ctx.database.pool.query(
    `create sequence public.failures;
     create function public.fail() returns trigger language plpgsql as $$
       begin
         if (${condition}) and nextval('public.failures') <= ${times} then
           raise exception 'made to fail' using errcode = '${sqlState}';
         end if;
         return new;
       end $$;
     create trigger fail before update on waybill.runs for each row execute function public.fail();`,
  );
}

/** Waits until a backend of the test's database is in this state, told by a condition over `pg_stat_activity`. */
export async function untilBackend(ctx: Context, condition: string): Promise<void> {
  const sql = `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${condition}`;
  while ((await ctx.database.pool.query(sql)).rowCount === 0);
}
