import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const execute = promisify(execFile);

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-files-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The bytes of a zip that the `zip` program made of these files, with more of its options where wanted. */
export async function zip(files: Record<string, string | Uint8Array>, options: string[] = []): Promise<Buffer> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await execute("zip", ["-q", ...options, "made.zip", ...Object.keys(files)], { cwd: folder });
  return await readFile(join(folder, "made.zip"));
}

/** The bytes of a zip that 7-Zip made of one file, compressed by this method. */
export async function sevenZip(name: string, content: string, method: string): Promise<Buffer> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), content);
  await execute("7z", ["a", "-tzip", `-mm=${method}`, "made.zip", name], { cwd: folder });
  return await readFile(join(folder, "made.zip"));
}

/** A zip of a symbolic link that leads to this path. */
export async function zipLink(name: string, target: string): Promise<Buffer> {
  const folder = await temporaryFolder();
  await symlink(target, join(folder, name));
  await execute("zip", ["-q", "-y", "made.zip", name], { cwd: folder });
  return await readFile(join(folder, "made.zip"));
}

/** A zip made by Python's `zipfile`, which writes what `zip` refuses to; `script` has it as `z`. */
export async function pythonZip(script: string): Promise<Buffer> {
  const folder = await temporaryFolder();
  const path = join(folder, "made.zip");
  const program = `import zipfile\nwith zipfile.ZipFile(${JSON.stringify(path)}, "w", zipfile.ZIP_DEFLATED) as z:\n    ${script}`;
  await execute("python3", ["-c", program]);
  return await readFile(path);
}

/** A key ring of the real GnuPG, in a home of its own. */
export interface Gpg {
  /** Makes a key without a passphrase, at another time where one is given, and gives its fingerprint. */
  makeKey(userId: string, algorithm: string, time?: Date): Promise<string>;
  /** Adds a subkey to encrypt for. */
  addSubkey(fingerprint: string, algorithm: string): Promise<void>;
  /** Lets a key expire in 2 years from now. */
  renewKey(fingerprint: string): Promise<void>;
  revokeKey(fingerprint: string): Promise<void>;
  exportPrivate(fingerprint: string): Promise<string>;
  exportPublic(fingerprint: string): Promise<string>;
  importKey(armored: string): Promise<void>;
  /** Runs gpg on a file with this content and gives what it wrote. */
  write(content: string | Uint8Array, options: string[]): Promise<Buffer>;
}

/** The options with which gpg takes this time for now. */
export function at(time: Date): string[] {
  return ["--faked-system-time", `${Math.floor(time.getTime() / 1_000)}!`];
}

/** GnuPG, with a home of its own for one test. */
export async function openGpg(): Promise<Gpg> {
  const home = await mkdtemp(join(tmpdir(), "wg-"));
  onTestFinished(async () => {
    await execute("gpgconf", ["--homedir", home, "--kill", "gpg-agent"]);
    await rm(home, { recursive: true, force: true });
  });
  const gpg = (options: string[]) =>
    execute("gpg", ["--homedir", home, "--batch", "--yes", "--quiet", "--trust-model", "always", ...options]);
  return {
    async makeKey(userId, algorithm, time) {
      const options = ["--passphrase", "", ...(time ? at(time) : [])];
      await gpg([...options, "--quick-generate-key", userId, algorithm, "default", "never"]);
      const { stdout } = await gpg(["--list-keys", "--with-colons", userId]);
      const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(stdout)?.[1] ?? "";
      if (algorithm === "ed25519") await gpg([...options, "--quick-add-key", fingerprint, "cv25519", "encr", "never"]);
      if (algorithm.startsWith("rsa"))
        await gpg([...options, "--quick-add-key", fingerprint, algorithm, "encr", "never"]);
      return fingerprint;
    },
    async addSubkey(fingerprint, algorithm) {
      await gpg(["--passphrase", "", "--quick-add-key", fingerprint, algorithm, "encr", "never"]);
    },
    async renewKey(fingerprint) {
      await gpg(["--passphrase", "", "--quick-set-expire", fingerprint, "2y"]);
    },
    async revokeKey(fingerprint) {
      const path = join(home, "openpgp-revocs.d", `${fingerprint}.rev`);
      await writeFile(path, (await readFile(path, "utf8")).replace(":-----BEGIN", "-----BEGIN"));
      await gpg(["--import", path]);
    },
    exportPrivate: async (fingerprint) => (await gpg(["--armor", "--export-secret-keys", fingerprint])).stdout,
    exportPublic: async (fingerprint) => (await gpg(["--armor", "--export", fingerprint])).stdout,
    async importKey(armored) {
      const path = join(home, "given.asc");
      await writeFile(path, armored);
      await gpg(["--import", path]);
    },
    async write(content, options) {
      const source = join(home, "plain");
      await writeFile(source, content);
      await gpg([
        "--passphrase",
        "secret",
        "--pinentry-mode",
        "loopback",
        ...options,
        "--output",
        join(home, "written"),
        source,
      ]);
      return await readFile(join(home, "written"));
    },
  };
}
