import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { toFailure } from "../failure.ts";
import { readLocalFile } from "../local-file.ts";
import { jsonOption, textUpTo } from "../options.ts";
import { formatTime } from "../print/format.ts";
import { renderTable } from "../print/table.ts";
import { askSecret } from "../prompts.ts";
import { type Session, withSession } from "../session.ts";

const userIdCharactersMax = 200;

/** Adds `waybill keys`: the PGP keys. */
export function addKeysCommand(program: Command): void {
  const keys = program.command("keys").description("The PGP keys that open files and verify their signatures.");
  keys
    .command("list")
    .description("All keys.")
    .option(...jsonOption)
    .action((options: { json?: boolean }) => withSession(options, list));
  keys
    .command("export [key]")
    .description("A public key as text, by id or fingerprint; by default the one to encrypt files for.")
    .option(...jsonOption)
    .action((key: string | undefined, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const exported = await session.api.keys.export.query({ key });
        session.answerDocument(exported, exported.armored);
        return undefined;
      }),
    );
  keys
    .command("import <file>")
    .description("Keep a public key, to verify signatures, or a private one, to open files.")
    .option("--passphrase-stdin", "read the private key's passphrase from standard input")
    .option(...jsonOption)
    .action((file: string, options: { passphraseStdin?: boolean; json?: boolean }) =>
      withSession(options, (session) => importKey(session, file, options)),
    );
  keys
    .command("generate")
    .description("Make another key pair.")
    .requiredOption(
      "--user-id <text>",
      "whose key it is, such as 'Payroll <payroll@example.com>'",
      textUpTo(userIdCharactersMax),
    )
    .option(...jsonOption)
    .action((options: { userId: string; json?: boolean }) =>
      withSession(options, async (session) => {
        const key = await session.api.keys.generate.mutate({ userId: options.userId });
        session.answer(
          key,
          () => `Made ${key.fingerprint}. Give its public half to senders: npx waybill keys export ${key.fingerprint}`,
        );
        return undefined;
      }),
    );
}

async function list(session: Session): Promise<undefined> {
  const page = await session.api.keys.list.query();
  session.answer(page, () => {
    const rows = page.items.map((key) => [
      key.fingerprint,
      key.userId,
      key.algorithm,
      key.hasPrivate ? "opens files" : "verifies signatures",
      formatTime(key.createdAt),
    ]);
    return renderTable(["Fingerprint", "User", "Algorithm", "Use", "Since"], rows);
  });
  return undefined;
}

async function importKey(session: Session, file: string, options: { passphraseStdin?: boolean }): Promise<undefined> {
  const bytes = await readLocalFile(file);
  const armored = bytes.toString("latin1").includes("-----BEGIN PGP");
  const given = armored ? { armored: bytes.toString("utf8") } : { base64: bytes.toString("base64") };
  const passphrase = options.passphraseStdin ? (await text(process.stdin)).replace(/\r?\n$/, "") : undefined;
  const send = (secret?: string) => session.api.keys.import.mutate({ ...given, passphrase: secret });
  const key = await send(passphrase).catch(async (error: unknown) => {
    if (!session.interactive || toFailure(error).code !== "key_passphrase_missing") throw error;
    return await send(await askSecret("Passphrase of the private key"));
  });
  const use = key.hasPrivate ? "Files encrypted for it can be opened now." : "Signatures by it can be verified now.";
  session.answer(key, () => `Imported ${key.fingerprint} (${key.userId}). ${use}`);
  return undefined;
}
