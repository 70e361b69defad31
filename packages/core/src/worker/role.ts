/** What a process of Waybill does: take runs, answer people, or both. */
export const processRoles = ["all", "web", "worker"] as const;
export type ProcessRole = (typeof processRoles)[number];
