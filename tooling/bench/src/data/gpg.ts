import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../bench/run-program.ts";

/** The real GnuPG, in a home of its own that holds one private key and the public one of a server. */
export interface Gpg {
  home: string;
  /** Encrypts a file for the private key of this home. */
  encryptForPeer(source: string, target: string): Promise<void>;
  /** Encrypts a file for a server, whose public key is given; `options` say how it is compressed. */
  encryptForServer(publicKey: string, source: string, target: string, options: string[]): Promise<void>;
  close(): Promise<void>;
}

const peerUser = "peer@example.com";

/** Opens a GnuPG with a fresh key. Throws when there is none on this machine. */
export async function openGpg(): Promise<Gpg> {
  // The path of its agent's socket must stay under a hundred characters.
  const home = await mkdtemp(join(tmpdir(), "wb-gpg-"));
  const run = (options: string[]) =>
    runProgram("gpg", ["--homedir", home, "--batch", "--yes", "--quiet", "--trust-model", "always", ...options]);
  await run(["--passphrase", "", "--quick-generate-key", peerUser, "rsa2048", "encr", "never"]);
  return {
    home,
    async encryptForPeer(source, target) {
      await run(["--recipient", peerUser, "--output", target, "--encrypt", source]);
    },
    async encryptForServer(publicKey, source, target, options) {
      const keyFile = join(home, "server.asc");
      await writeFile(keyFile, publicKey);
      await run([...options, "--recipient-file", keyFile, "--output", target, "--encrypt", source]);
    },
    async close() {
      await runProgram("gpgconf", ["--homedir", home, "--kill", "gpg-agent"]);
      await rm(home, { recursive: true, force: true });
    },
  };
}
