import type { BenchDatabase } from "../bench/cluster.ts";
import { runProgram } from "../bench/run-program.ts";
import { loadEmpty } from "./load-programs.ts";
import type { PeerProgram } from "./peer-program.ts";
import { copyCommand, peerTable } from "./peer-table.ts";
import { findPsql, type Psql, psqlOptions } from "./psql.ts";

/** A CSV that was encrypted for the key in a home of GnuPG, and how many records it has. */
export interface EncryptedSource {
  message: string;
  gpgHome: string;
  records: number;
}

/** `gpg --decrypt` piped into `psql \copy`, into an empty table. */
export async function decryptProgram(database: BenchDatabase, source: EncryptedSource): Promise<PeerProgram> {
  const psql = await findPsql();
  const turn = psql && (() => loadEmpty(database, source.records, () => load(database, source, psql)));
  return { name: "gpg | psql \\copy", turn };
}

const pipe = 'home=$1 message=$2; shift 2; gpg --homedir "$home" --batch --quiet --decrypt "$message" | "$@"';

async function load(database: BenchDatabase, { gpgHome, message }: EncryptedSource, psql: Psql): Promise<void> {
  const copy = [psql.program, ...psqlOptions(database.url), "-c", copyCommand(peerTable, "pstdin")];
  await runProgram("bash", ["-o", "pipefail", "-c", pipe, "bash", gpgHome, message, ...copy]);
}
