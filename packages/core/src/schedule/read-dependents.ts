import { z } from "zod";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";

/** What names an integration or a set, and fails at its time while that is deleted; of very many the first ones by name. */
export interface Dependents {
  sets: { key: string; name: string }[];
  schedules: {
    id: string;
    name: string;
    nextAt: string;
    /** Whether it runs what was asked about, or a set with a step of it; one that is paused fails once it is resumed. */
    how: "direct" | "by_set" | "paused";
  }[];
  /** The same in sentences, for whoever is about to delete it; empty where nothing is harmed. */
  message: string;
}

export const dependentsInput = z.strictObject({ key: z.string().max(100) });
type DependentsInput = z.output<typeof dependentsInput>;

/** The sets with a step of this integration, and the schedules that run it or such a set; none where it is not there. */
export async function readIntegrationDependents(ctx: Context, { key }: DependentsInput): Promise<Dependents> {
  const { rows } = await ctx.database.pool.query<Dependents["sets"][number] & Counted>(
    `select t.key, t.name, count(*) over ()::int as alike ${setsWithStep} order by lower(t.name), t.key limit $2`,
    [key, limits.dependentsMax],
  );
  return toDependents(rows, await readSchedules(ctx, integrationSchedules, key));
}

/** The schedules that run this set; none where there is no such set. */
export async function readSetDependents(ctx: Context, { key }: DependentsInput): Promise<Dependents> {
  return toDependents([], await readSchedules(ctx, setSchedules, key));
}

const setsWithStep = `from waybill.sets t
  join waybill.set_versions v on v.set_id = t.id and v.version = t.current_version
  where t.deleted_at is null
    and v.definition -> 'steps' @> jsonb_build_array(jsonb_build_object('integration', $1::text))`;

const integrationSchedules = `
  select s.*, 'direct' as active from waybill.schedules s join waybill.integrations i on i.id = s.integration_id
  where i.key = $1
  union all
  select s.*, 'by_set' from waybill.schedules s where s.set_id in (select t.id ${setsWithStep})`;

const setSchedules = `
  select s.*, 'direct' as active from waybill.schedules s join waybill.sets t on t.id = s.set_id where t.key = $1`;

/** How many there are that are missed in the same way, those beyond the limit among them. */
interface Counted {
  alike: number;
}

type ScheduleRow = Omit<Dependents["schedules"][number], "nextAt"> & { nextAt: Date } & Counted;

async function readSchedules(ctx: Context, schedules: string, key: string): Promise<ScheduleRow[]> {
  const { rows } = await ctx.database.pool.query<ScheduleRow>(
    `select id, name, next_at as "nextAt", how, count(*) over (partition by how)::int as alike
     from (select s.*, case when s.paused_at is null then s.active else 'paused' end as how from (${schedules}) s
           where s.next_at is not null) s
     order by row_number() over (partition by how order by name), name limit $2`,
    [key, limits.dependentsMax],
  );
  return rows;
}

function toDependents(sets: (Dependents["sets"][number] & Counted)[], schedules: ScheduleRow[]): Dependents {
  const missing = (how: ScheduleRow["how"]) =>
    listed(
      "schedule",
      schedules.filter((one) => one.how === how),
    );
  const said = [
    say(listed("set", sets), (named) => `It is a step of ${named}, which will not start without it.`),
    say(missing("direct"), (named) => `It is run by ${named}, whose planned runs will fail.`),
    say(missing("by_set"), (named) => `Planned runs of such a set by ${named} will fail.`),
    say(missing("paused"), (named) => `Runs of ${named}, paused now, will fail once resumed.`),
  ];
  return {
    sets: sets.map(({ alike, ...set }) => set),
    schedules: schedules.map(({ alike, nextAt, ...schedule }) => ({ ...schedule, nextAt: nextAt.toISOString() })),
    message: said.filter(Boolean).join(" "),
  };
}

const namedMax = 10;

function listed(what: string, all: ({ name: string } & Counted)[]): string | null {
  const { alike = 0 } = all[0] ?? {};
  if (alike === 0) return null;
  const names = all.slice(0, namedMax).map(({ name }) => name);
  const more = alike > names.length ? [`${alike - names.length} more`] : [];
  return `the ${what}${alike === 1 ? "" : "s"} ${[...names, ...more].join(", ")}`;
}

function say(named: string | null, sentence: (named: string) => string): string {
  return named === null ? "" : sentence(named);
}
