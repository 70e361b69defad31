import { createHash, randomBytes } from "node:crypto";
import type { Actor, Services } from "../context.ts";

/** What a credential is for: a token for machines, a link for one sign-in, a session for a browser. */
export const credentialKinds = ["token", "link", "session"] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** The one actor of a server without accounts. */
export const localAdministrator: Actor = { id: "local-administrator", name: "Local administrator" };

/** Who does what nobody asked for at that moment. */
export const waybillItself: Actor = { id: "waybill", name: "Waybill" };

const linkMinutes = 24 * 60;

/** How long a browser stays signed in. */
export const sessionMinutes = 30 * 24 * 60;

/**
 * Makes the token of a home known, so that whoever holds it is the local administrator. The one that this home had before
 * is known no longer; those of other homes stay.
 */
export async function allowToken(services: Services, token: string, home: string): Promise<void> {
  await services.database.pool.query(
    "delete from waybill.credentials where kind = 'token' and coalesce(home, $2) = $2 and sha256 <> $1",
    [sha256(token), home],
  );
  await keep(services, token, "token", { minutes: null, home });
}

/** A secret that signs a browser in once, within a day. Links and sessions that are too old are forgotten. */
export async function makeSignInLink(services: Services): Promise<string> {
  await services.database.pool.query("delete from waybill.credentials where expires_at <= $1", [services.clock.now()]);
  return await keep(services, randomBytes(32).toString("base64url"), "link", { minutes: linkMinutes });
}

/** Exchanges a sign-in link for a session's secret; null when the link is unknown, used or too old. */
export async function useSignInLink(services: Services, link: string): Promise<string | null> {
  const { rowCount } = await services.database.pool.query(
    "delete from waybill.credentials where sha256 = $1 and kind = 'link' and expires_at > $2",
    [sha256(link), services.clock.now()],
  );
  if (rowCount === 0) return null;
  return await keep(services, randomBytes(32).toString("base64url"), "session", { minutes: sessionMinutes });
}

/** Ends a browser's session. */
export async function endSession(services: Services, session: string): Promise<void> {
  await services.database.pool.query("delete from waybill.credentials where sha256 = $1 and kind = 'session'", [
    sha256(session),
  ]);
}

/** Who holds this secret; null when nobody does. */
export async function findActor(
  services: Services,
  kind: Exclude<CredentialKind, "link">,
  secret: string,
): Promise<Actor | null> {
  const { rows } = await services.database.pool.query<{ actor_id: string }>(
    `select actor_id from waybill.credentials
     where sha256 = $1 and kind = $2 and (expires_at is null or expires_at > $3)`,
    [sha256(secret), kind, services.clock.now()],
  );
  return rows[0]?.actor_id === localAdministrator.id ? localAdministrator : null;
}

/** The name of an actor as people read it; the id itself where it belongs to nobody that is known. */
export function nameOfActor(id: string): string {
  return [localAdministrator, waybillItself].find((actor) => actor.id === id)?.name ?? id;
}

async function keep(
  services: Services,
  secret: string,
  kind: CredentialKind,
  { minutes, home = null }: { minutes: number | null; home?: string | null },
): Promise<string> {
  const now = services.clock.now();
  const expiresAt = minutes === null ? null : new Date(now.getTime() + minutes * 60_000);
  await services.database.pool.query(
    `insert into waybill.credentials (sha256, kind, actor_id, home, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (sha256) do update set home = excluded.home`,
    [sha256(secret), kind, localAdministrator.id, home, now, expiresAt],
  );
  return secret;
}

function sha256(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
