import { Client } from "pg";
import { onTestFinished } from "vitest";
import type { Context } from "../context.ts";
import { untilBackend } from "./interrupt-runs.ts";

/** A place at which whoever writes to a table stops until the test lets it go on. */
export interface Gate {
  /** Resolves when somebody stands at the gate. */
  reached(): Promise<void>;
  open(): Promise<void>;
}

let gates = 4_800;

/** Closes a gate to rows that are inserted or updated so that `condition`, over `new`, holds. */
export async function startGate(
  ctx: Context,
  table: string,
  event: "insert" | "update",
  condition: string,
): Promise<Gate> {
  const keeper = new Client({ connectionString: ctx.database.url });
  await keeper.connect();
  onTestFinished(() => keeper.end());
  const key = gates++;
  await keeper.query(
    `create function public.gate_${key}() returns trigger language plpgsql as $$
       begin
         if ${condition} then perform pg_advisory_xact_lock(${key}); end if;
         return new;
       end $$;
     create trigger gate_${key} before ${event} on ${table} for each row execute function public.gate_${key}();
     select pg_advisory_lock(${key})`,
  );
  return {
    reached: () => untilBackend(ctx, "wait_event_type = 'Lock' and wait_event = 'advisory'"),
    async open() {
      await keeper.query("select pg_advisory_unlock($1)", [key]);
    },
  };
}
