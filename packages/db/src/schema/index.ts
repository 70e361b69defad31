export { credentials } from "./access.ts";
export { integrations, integrationVersions } from "./integrations.ts";
export { masterKeySeal } from "./master-key.ts";
export { pgpKeys } from "./pgp-keys.ts";
export { runNames } from "./run-names.ts";
export {
  rejectedRecords,
  runAttachments,
  runIssueCounts,
  runLog,
  runSeenValues,
  runs,
} from "./runs.ts";
export { storedFileChunks, storedFiles } from "./stored-files.ts";
export { waybill } from "./waybill.ts";
export { workers } from "./workers.ts";
