import { checkDatabase, migrate } from "@waybill/db";
import { errorCodeOf } from "./error-code.ts";

/** Checks the database that DATABASE_URL names and brings it to the newest schema. Throws an error that names the setting. */
export async function openGivenDatabase(url: string): Promise<void> {
  try {
    await checkDatabase(url);
    await migrate(url);
  } catch (error) {
    throw new Error(`DATABASE_URL cannot be used: ${explain(error, new URL(url))}`);
  }
}

function explain(error: unknown, { host, pathname, username }: URL): string {
  const database = JSON.stringify(decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username));
  const user = JSON.stringify(decodeURIComponent(username));
  switch (errorCodeOf(error)) {
    case "ECONNREFUSED":
      return `no Postgres answers at ${host}. Start it, or correct the host and the port.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `there is no host ${host}. Correct it.`;
    case "3D000":
      return `there is no database ${database} at ${host}. Make it with: create database ${database} encoding 'UTF8' template template0`;
    case "28P01":
    case "28000":
      return `Postgres does not let ${user} in. Correct the user and the password.`;
    case "42501":
      return `${user} may not make schemas in it. Allow it with: grant create on database ${database} to ${user}`;
    case "25006":
      return "it is read-only. Name one that can be written to, such as the primary.";
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return unanswered(host);
    default:
      if (isTimeOut(error)) return unanswered(host);
      return error instanceof Error ? error.message : String(error);
  }
}

/** The driver gives its own time limits no code. */
function isTimeOut(error: unknown): boolean {
  return error instanceof Error && errorCodeOf(error) === null && /^Connection terminated|timeout/.test(error.message);
}

function unanswered(host: string): string {
  return `nothing answers at ${host}. Correct the host and the port, or let this machine reach it.`;
}
