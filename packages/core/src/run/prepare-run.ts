import type { PoolClient } from "pg";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import type { Integration } from "../integration/integration.ts";
import { findIntegration, integrationDeleted } from "../integration/read-integration.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import { insertRun, type NewRun, type RunOrigin } from "./insert-run.ts";
import { resolveGiven } from "./resolve-given.ts";
import { checkRunFiles, findSameBytes, type RunFiles } from "./run-files.ts";
import { chooseRunName } from "./run-name.ts";
import type { RunNote } from "./run-summary.ts";

/** What a run is asked for with, its files found. */
export interface AskedRun {
  integration: string;
  parameters: Record<string, unknown>;
  source: StoredFile | null;
  attachments: Record<string, StoredFile>;
}

/** A run that may be started: its integration as it stands, with parameters and files that fit it. */
export interface PreparedRun {
  integration: Integration;
  parameters: Record<string, unknown>;
  files: RunFiles;
}

/** Checks what a run is asked for with. Throws when the integration, parameters or files do not fit. */
export async function prepareRun(ctx: Context, asked: AskedRun): Promise<PreparedRun> {
  const integration = await findIntegration(ctx, asked.integration);
  if (integration.deleted) throw integrationDeleted(integration);
  const parameters = resolveGiven(ctx, integration, asked.parameters);
  const { source, attachments } = asked;
  const files = await checkRunFiles(integration.definition, { source, attachments, fileLimits: ctx.fileLimits });
  return { integration, parameters, files };
}

/** What of a run that was prepared is its own. */
export interface OwnOfRun extends Omit<NewRun, keyof PreparedRun | "name" | "warnings"> {
  /** The integration's with the date and time, where none is given. */
  name: string | undefined;
}

/** Starts a run that was prepared, in the caller's transaction. Throws `run_name_invalid` or `same_bytes_refused`. */
export async function insertPrepared(
  ctx: Context,
  client: PoolClient,
  prepared: PreparedRun,
  own: OwnOfRun,
): Promise<void> {
  const { integration, files } = prepared;
  const warnings = await warnOfSameBytes(client, integration, files, own.origin);
  const name = await chooseRunName(client, own.name, integration.name, ctx.clock.now(), ctx.timeZone);
  await insertRun(ctx, client, { ...prepared, ...own, name, warnings });
}

/** Whoever runs something again means the same bytes. */
async function warnOfSameBytes(
  client: PoolClient,
  integration: Integration,
  files: RunFiles,
  origin: RunOrigin,
): Promise<RunNote[]> {
  const rule = integration.definition.source.sameBytes;
  if (rule === "silent" || origin.fromRunId !== null) return [];
  const earlier = await findSameBytes(client, integration.id, files.source.sha256);
  if (!earlier) return [];
  const said = `These same bytes were already loaded by the run ${JSON.stringify(earlier.name)}.`;
  if (rule === "refuse") {
    const message = `${said} This integration refuses to load a file twice. Send another file, or run that one again.`;
    throw new WaybillError("same_bytes_refused", message, { run: earlier.id });
  }
  return [{ code: "same_bytes", message: said }];
}
