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
  const text = await readFile(sample("job-codes.csv"), "utf8");
  await startRun(request, { integration: "job-codes-import", name, file: { name: "job-codes.csv", text } });
}

/** Starts a run of a file past the console. */
export async function startRun(
  request: APIRequestContext,
  { integration, name, file }: { integration: string; name: string; file: { name: string; text: string } },
): Promise<void> {
  const sourceFile = await sendFile(request, file);
  await request.post("/trpc/runs.start", { headers: headers(), data: { integration, name, sourceFile } });
}

/** Sends a file past the console, and gives the id that it got. */
export async function sendFile(request: APIRequestContext, file: { name: string; text: string }): Promise<string> {
  const stored = await request.post(`/files?name=${file.name}`, { headers: headers(), data: Buffer.from(file.text) });
  return ((await stored.json()) as { id: string }).id;
}

/** Has the server do something past the console. */
export async function callServer(request: APIRequestContext, procedure: string, data: object): Promise<void> {
  const answer = await request.post(`/trpc/${procedure}`, { headers: headers(), data });
  if (!answer.ok()) throw new Error(await answer.text());
}

/** Makes a definition the current version of its integration. */
export async function applyDefinition(request: APIRequestContext, yaml: string): Promise<void> {
  await callServer(request, "integrations.applyDefinition", { yaml });
}

/** What the server answers to a query. */
export async function ask<Answer>(request: APIRequestContext, procedure: string, input: object): Promise<Answer> {
  const url = `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await request.get(url, { headers: headers() });
  if (!answer.ok()) throw new Error(await answer.text());
  return ((await answer.json()) as { result: { data: Answer } }).result.data;
}
