import { z } from "zod";
import type { Context, Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import type { Integration } from "./integration.ts";

export const getIntegrationInput = z.strictObject({
  key: z.string().max(100),
  version: z.number().int().positive().optional(),
});

/** An integration, at its current version unless another is named. Throws `integration_unknown`. */
export async function getIntegration(ctx: Context, input: z.output<typeof getIntegrationInput>): Promise<Integration> {
  return await findIntegration(ctx, input.key, input.version);
}

/** As `getIntegration`, for callers that have no actor. */
export async function findIntegration(services: Services, key: string, version?: number): Promise<Integration> {
  const { rows } = await services.database.pool.query<IntegrationRow>(
    `select i.id, i.key, i.name, i.description, v.version, i.deleted_at is not null as deleted,
            v.created_at, v.definition, v.yaml
     from waybill.integrations i
     join waybill.integration_versions v on v.integration_id = i.id and v.version = coalesce($2, i.current_version)
     where i.key = $1`,
    [key, version ?? null],
  );
  const row = rows[0];
  if (!row) throw integrationUnknown(key, version);
  const { created_at, ...rest } = row;
  return { ...rest, createdAt: created_at.toISOString() };
}

/** The error of an integration that takes no runs any more. */
export function integrationDeleted({ key }: Pick<Integration, "key">): WaybillError {
  const message = `The integration ${JSON.stringify(key)} has been deleted. Restore it, or apply its definition again.`;
  return new WaybillError("integration_deleted", message);
}

/** The error of an integration, or a version of one, that is not there. */
export function integrationUnknown(key: string, version?: number): WaybillError {
  const what =
    version === undefined ? `integration ${JSON.stringify(key)}` : `version ${version} of ${JSON.stringify(key)}`;
  return new WaybillError("integration_unknown", `There is no ${what}. List the integrations to see which there are.`);
}

interface IntegrationRow {
  id: string;
  key: string;
  name: string;
  description: string;
  version: number;
  deleted: boolean;
  created_at: Date;
  definition: Definition;
  yaml: string;
}
