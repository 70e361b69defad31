import type { NotificationRule } from "../data/notifications.ts";

/** What a rule is about, in words. */
export function sayTarget({ kind, name, deleted }: NotificationRule["target"]): string {
  return kind === "everything" ? "Everything" : `${name}${deleted ? " (deleted)" : ""}`;
}
