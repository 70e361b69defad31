import { z } from "zod";
import type { Context } from "../context.ts";

/** What names an integration or a set, and fails at its time while that is deleted; each kind by name. */
export interface Dependents {
  sets: { key: string; name: string }[];
  schedules: { id: string; name: string; nextAt: string | null }[];
  /** The same in sentences, for whoever is about to delete it; empty where nothing is harmed. */
  message: string;
}

const namedMax = 10;

export const dependentsInput = z.strictObject({ key: z.string().max(100) });
type DependentsInput = z.output<typeof dependentsInput>;

/** The sets that have a step of this integration, and the schedules that run it; none where there is no such integration. */
export async function readIntegrationDependents(ctx: Context, { key }: DependentsInput): Promise<Dependents> {
  const { rows } = await ctx.database.pool.query<Dependents["sets"][number]>(
    `select s.key, s.name from waybill.sets s
     join waybill.set_versions v on v.set_id = s.id and v.version = s.current_version
     where s.deleted_at is null and v.definition -> 'steps' @> $1 order by lower(s.name), s.key`,
    [JSON.stringify([{ integration: key }])],
  );
  return toDependents(rows, await readSchedules(ctx, "integration", key));
}

/** The schedules that run this set; none where there is no such set. */
export async function readSetDependents(ctx: Context, { key }: DependentsInput): Promise<Dependents> {
  return toDependents([], await readSchedules(ctx, "set", key));
}

async function readSchedules(ctx: Context, kind: "integration" | "set", key: string): Promise<Dependents["schedules"]> {
  const { rows } = await ctx.database.pool.query<{ id: string; name: string; nextAt: Date | null }>(
    `select h.id, h.name, h.next_at as "nextAt" from waybill.schedules h
     join waybill.${kind}s t on t.id = h.${kind}_id where t.key = $1 order by h.name`,
    [key],
  );
  return rows.map(({ nextAt, ...schedule }) => ({ ...schedule, nextAt: nextAt?.toISOString() ?? null }));
}

function toDependents(sets: Dependents["sets"], schedules: Dependents["schedules"]): Dependents {
  const planned = schedules.filter(({ nextAt }) => nextAt !== null);
  const said = [
    ...(sets.length > 0 ? [`It is a step of ${listed("set", sets)}, which will not start without it.`] : []),
    ...(planned.length > 0 ? [`It is run by ${listed("schedule", planned)}, whose planned runs will fail.`] : []),
  ];
  return { sets, schedules, message: said.join(" ") };
}

function listed(what: string, named: { name: string }[]): string {
  const names = named.slice(0, namedMax).map(({ name }) => name);
  const more = named.length > namedMax ? [`${named.length - namedMax} more`] : [];
  return `the ${what}${named.length === 1 ? "" : "s"} ${[...names, ...more].join(", ")}`;
}
