import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { APIRequestContext } from "@playwright/test";

const headers = () => ({ Authorization: `Bearer ${process.env.E2E_TOKEN}` });

/** The path of a sample file. */
export function sample(name: string): string {
  return join(resolve(import.meta.dirname, "../../samples/files"), name);
}

/** Starts a run of the job codes as somebody else would, past the console. */
export async function startJobCodes(request: APIRequestContext, name: string): Promise<void> {
  const data = await readFile(sample("job-codes.csv"));
  const stored = await request.post("/files?name=job-codes.csv", { headers: headers(), data });
  const { id } = (await stored.json()) as { id: string };
  const run = { integration: "job-codes-import", name, sourceFile: id };
  await request.post("/trpc/runs.start", { headers: headers(), data: run });
}

/** Makes a definition the current version of its integration. */
export async function applyDefinition(request: APIRequestContext, yaml: string): Promise<void> {
  const answer = await request.post("/trpc/integrations.applyDefinition", { headers: headers(), data: { yaml } });
  if (!answer.ok()) throw new Error(await answer.text());
}
