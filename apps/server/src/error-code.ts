/** The code that the system or Postgres gave an error, such as `ENOENT` or `42501`; null where there is none. */
export function errorCodeOf(error: unknown): string | null {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return null;
  return error.code;
}
