import type { SetRunStatus } from "@waybill/db/words";
import type { SetDefinition } from "./set-definition.ts";

/** A set run named beside something else. */
export interface SetRunLink {
  id: string;
  name: string;
  status: SetRunStatus;
}

/** One row of the list of sets. Times are ISO 8601 in UTC. */
export interface SetListItem {
  key: string;
  name: string;
  description: string;
  version: number;
  updatedAt: string;
  /** The keys of the integrations, in the order of the steps. */
  integrations: string[];
  /** Those of them that have been deleted, without which the set does not start. */
  deletedIntegrations: string[];
  lastRun: (SetRunLink & { finishedAt: string | null }) | null;
}

/** A set at one version, with the document it came from. */
export interface WaybillSet {
  id: string;
  key: string;
  name: string;
  description: string;
  version: number;
  deleted: boolean;
  createdAt: string;
  definition: SetDefinition;
  /** The keys of those that it names and that have been deleted, without which it does not start. */
  deletedIntegrations: string[];
  yaml: string;
}
