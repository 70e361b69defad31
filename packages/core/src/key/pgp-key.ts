/** How a key came here. */
export const keyOrigins = ["generated", "imported"] as const;
export type KeyOrigin = (typeof keyOrigins)[number];

/** A PGP key that Waybill holds. `fingerprint` is in hexadecimal capitals, `createdAt` ISO 8601 in UTC. */
export interface PgpKey {
  id: string;
  fingerprint: string;
  userId: string;
  algorithm: string;
  /** Whether files encrypted for it can be opened here; otherwise it only verifies signatures. */
  hasPrivate: boolean;
  origin: KeyOrigin;
  createdAt: string;
}

/** A key as the database gives it. */
export interface PgpKeyRow {
  id: string;
  fingerprint: string;
  userId: string;
  algorithm: string;
  hasPrivate: boolean;
  origin: KeyOrigin;
  createdAt: Date;
}

/** The columns of a `PgpKeyRow`. */
export const pgpKeyColumns = `id, fingerprint, user_id as "userId", algorithm, origin, created_at as "createdAt",
  sealed_private_key is not null as "hasPrivate"`;

/** A key as it leaves the database. */
export function toPgpKey(row: PgpKeyRow): PgpKey {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
