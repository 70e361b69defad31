import { useQueryClient } from "@tanstack/solid-query";
import { createSignal } from "solid-js";
import { rulesOf } from "../data/records.ts";
import { type Checker, compileChecker } from "./check.model.ts";

/** Gives the compiled rules of a run, once they are there; asks for them the first time. */
export function createCheckers(): (run: string) => Checker | null {
  const client = useQueryClient();
  const asked = new Set<string>();
  const [checkers, setCheckers] = createSignal<ReadonlyMap<string, Checker | null>>(new Map());

  async function read(run: string): Promise<void> {
    try {
      const checker = compileChecker(await client.fetchQuery(rulesOf(run)));
      setCheckers((known) => new Map(known).set(run, checker));
    } catch {
      // Without the rules the server alone checks, as each edit is saved.
      asked.delete(run);
    }
  }

  return (run) => {
    if (!asked.has(run)) {
      asked.add(run);
      queueMicrotask(() => read(run));
    }
    return checkers().get(run) ?? null;
  };
}
