export { checkDatabase, type Database, openDatabase } from "./database.ts";
export { migrate } from "./migrate.ts";
export { transaction } from "./transaction.ts";
