export { type MissedPolicy, missedPolicies, type OverlapPolicy, overlapPolicies } from "@waybill/db/words";
