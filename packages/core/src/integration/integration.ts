import type { Definition } from "../definition/definition.ts";
import type { RunStatus } from "../run/status.ts";

/** One row of the list of integrations. Times are ISO 8601 in UTC. */
export interface IntegrationListItem {
  key: string;
  name: string;
  description: string;
  direction: string;
  version: number;
  updatedAt: string;
  deleted: boolean;
  lastRun: { id: string; name: string; status: RunStatus; finishedAt: string | null } | null;
  /** How many rejected records of its runs are open. */
  openRecords: number;
}

/** An integration at one version, with the document it came from. */
export interface Integration {
  id: string;
  key: string;
  name: string;
  description: string;
  version: number;
  deleted: boolean;
  createdAt: string;
  definition: Definition;
  yaml: string;
}
