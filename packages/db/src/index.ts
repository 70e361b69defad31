export { checkDatabase, type Database, openDatabase } from "./database.ts";
export { migrate } from "./migrate.ts";
export { PreparingClient } from "./preparing-client.ts";
export { type Pulse, type PulseOptions, startPulse } from "./pulse.ts";
export { repeat } from "./repeat.ts";
export { transaction } from "./transaction.ts";
