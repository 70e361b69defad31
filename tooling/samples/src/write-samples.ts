import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "csv-stringify/sync";
import { zipSync } from "fflate";
import { createMessage, encrypt, generateKey, readPrivateKey } from "openpgp";
import { jobCodes, people, punches, type Rows } from "./sample-data.ts";

const samples = resolve(import.meta.dirname, "../../../samples");
const keyPath = join(samples, "keys", "sample-private-key.asc");
/** Zip keeps local times without a zone, and none before 1980. */
const zipTime = new Date(2026, 0, 1);

/** Writes the sample files: each as CSV, as a zip of it, and encrypted for the sample key. */
async function writeSamples(): Promise<void> {
  await mkdir(join(samples, "files"), { recursive: true });
  await mkdir(join(samples, "keys"), { recursive: true });
  await write("job-codes", jobCodes());
  await write("people", people({ faulty: true }));
  await write("people-corrected", people({ faulty: false }));
  await write("punches", punches({ faulty: true }));
}

async function write(name: string, rows: Rows): Promise<void> {
  const csv = Buffer.from(stringify(rows, { record_delimiter: "\r\n" }));
  const file = (ending: string) => join(samples, "files", `${name}${ending}`);
  await writeFile(file(".csv"), csv);
  await writeFile(file(".zip"), zipSync({ [`${name}.csv`]: [new Uint8Array(csv), { mtime: zipTime }] }));
  const encryptionKeys = (await openKey()).toPublic();
  const message = await createMessage({ binary: new Uint8Array(csv), filename: `${name}.csv` });
  await writeFile(file(".csv.pgp"), await encrypt({ message, encryptionKeys, format: "binary" }));
}

/** The key of the samples, made once. It protects nothing: it is public with them. */
async function openKey() {
  const known = await readFile(keyPath, "utf8").catch(() => null);
  if (known) return await readPrivateKey({ armoredKey: known });
  const userIDs = [{ name: "Waybill samples (protects nothing)" }];
  const { privateKey } = await generateKey({ type: "ecc", curve: "curve25519Legacy", userIDs, format: "armored" });
  await writeFile(keyPath, privateKey);
  return await readPrivateKey({ armoredKey: privateKey });
}

await writeSamples();
