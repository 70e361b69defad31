import type { TestPostgres } from "./test-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgres: TestPostgres;
  }
}
