import type { RunTask } from "./run-task.ts";

/** Whether a run keeps what it writes only at its end, if at all. */
export function holdsToTheEnd({ test, definition }: Pick<RunTask, "test" | "definition">): boolean {
  return test || definition.onError.commit === "all-or-nothing" || definition.destination.mode === "replace";
}
