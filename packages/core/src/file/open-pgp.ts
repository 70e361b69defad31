import {
  AEADEncryptedDataPacket,
  config,
  decrypt,
  type Message,
  type PartialConfig,
  type PrivateKey,
  type PublicKey,
  readMessage,
  SymEncryptedIntegrityProtectedDataPacket,
  SymmetricallyEncryptedDataPacket,
  verify,
} from "openpgp";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { isArmoured, oneMessage } from "./armour.ts";
import { countSessionKeys, sessionKeyHeadBytes } from "./count-session-keys.ts";
import { findSessionKeys } from "./find-session-keys.ts";
import { type FileSignature, type FoundSignature, judgeSignature } from "./judge-signature.ts";
import type { Spooled } from "./spool.ts";

/** The keys that Waybill opens and verifies messages with. The private ones are unlocked. */
export interface OpenPgpKeys {
  private: PrivateKey[];
  public: PublicKey[];
}

/** What a message is opened with. */
export interface OpenPgpOptions {
  keys: OpenPgpKeys;
  /** What the message may expand to. */
  bytesMax: number;
  /** When it is opened; signatures are judged by it. */
  now: Date;
}

/** What a PGP message holds. Its bytes may be trusted only once `read` has come to its end without a fault. */
export interface PgpContent {
  encrypted: boolean;
  read(): AsyncGenerator<Uint8Array>;
  /** Who signed it, known after `read` has ended. Null when nobody did. */
  signature(): Promise<FileSignature | null>;
}

config.maxArgon2MemoryExponent = limits.pgpArgon2MemoryExponentMax;

/**
 * Opens a message with the keys at hand. Throws `pgp_too_many_session_keys`, `pgp_key_missing`, `pgp_password_message`,
 * `pgp_cipher_unsupported`, `pgp_not_integrity_protected` or `pgp_damaged`; the bytes that it gives may still turn out
 * to be damaged.
 */
export async function openPgp(name: string, spooled: Spooled, options: OpenPgpOptions): Promise<PgpContent> {
  await checkSessionKeys(name, spooled);
  const message = await readPgp(name, spooled);
  const encrypted = isEncrypted(message);
  const opened = await open(name, message, encrypted, options);
  const found: FoundSignature[] = opened.signatures.map((one) => ({
    keyId: one.keyID.toHex(),
    verified: settle(one.verified),
  }));
  return {
    encrypted,
    read: () => readWhole(name, opened.data),
    signature: () => judgeSignature(found, options.keys.public),
  };
}

async function checkSessionKeys(name: string, spooled: Spooled): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of spooled.readRange(0, Math.min(spooled.bytes, sessionKeyHeadBytes)))
    chunks.push(chunk as Buffer);
  const countMax = limits.pgpSessionKeyPacketsMax;
  if (countSessionKeys(Buffer.concat(chunks), countMax) <= countMax) return;
  const message = `The message ${JSON.stringify(name)} is encrypted for more than ${countMax} keys, or begins with too much that is none of its data. Encrypt it for Waybill's key and few others.`;
  throw new WaybillError("pgp_too_many_session_keys", message);
}

type PgpStream = ReadableStream<Uint8Array>;

async function readPgp(name: string, spooled: Spooled): Promise<Message<PgpStream>> {
  try {
    if (!isArmoured(spooled.head))
      return await readMessage({ binaryMessage: ReadableStream.from(plainArrays(spooled.read())) });
    const text = ReadableStream.from(oneMessage(latin1(spooled.read()), () => severalMessages(name)));
    return (await readMessage({ armoredMessage: text })) as unknown as Message<PgpStream>;
  } catch (error) {
    throw damaged(name, error);
  }
}

function isEncrypted(message: Message<PgpStream>): boolean {
  return message.packets.some(
    (packet) =>
      packet instanceof SymEncryptedIntegrityProtectedDataPacket ||
      packet instanceof AEADEncryptedDataPacket ||
      packet instanceof SymmetricallyEncryptedDataPacket,
  );
}

async function open(
  name: string,
  message: Message<PgpStream>,
  encrypted: boolean,
  { keys, bytesMax, now }: OpenPgpOptions,
) {
  const options = {
    message,
    verificationKeys: keys.public,
    format: "binary" as const,
    date: new Date(now.getTime() + limits.pgpClockSkewSeconds * 1_000),
    config: openingConfig(bytesMax),
  };
  try {
    if (!encrypted) return await verify(options);
    return await decrypt({ ...options, sessionKeys: await findSessionKeys(name, message, keys.private, options.date) });
  } catch (error) {
    throw damaged(name, error);
  }
}

function openingConfig(bytesMax: number): PartialConfig {
  return {
    maxDecompressedMessageSize: bytesMax,
    // What streams out is kept aside until the end has proven it whole, so it need not be held in memory.
    allowUnauthenticatedStream: true,
    // A key that was renewed says only what it is worth since then; whether it was revoked is asked all the same.
    allowInsecureVerificationWithReformattedKeys: true,
  };
}

async function* readWhole(name: string, data: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of data) yield chunk;
  } catch (error) {
    throw damaged(name, error);
  }
}

/** A promise that never rejects unseen: true, or the reason why not. */
async function settle(verified: Promise<true>): Promise<true | Error> {
  try {
    return await verified;
  } catch (error) {
    return error instanceof Error ? error : new Error("unreadable");
  }
}

async function* plainArrays(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) yield new Uint8Array(chunk);
}

async function* latin1(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const chunk of bytes)
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
}

function severalMessages(name: string): WaybillError {
  const message = `The message ${JSON.stringify(name)} holds something after its end. Send one message a file, and nothing else in it.`;
  return new WaybillError("pgp_damaged", message);
}

function damaged(name: string, error: unknown): WaybillError {
  const known = findWaybillError(error);
  if (known) return known;
  const reason = error instanceof Error ? error.message : "unreadable";
  if (/maximum decompressed message size/i.test(reason)) {
    return new WaybillError(
      "file_expands_too_far",
      `The message ${JSON.stringify(name)} expands to more than is allowed. Split the file.`,
    );
  }
  const message = `The message ${JSON.stringify(name)} is damaged or incomplete (${reason.replace(/\.$/, "")}). Encrypt it again and send it once more.`;
  return new WaybillError("pgp_damaged", message);
}

/** OpenPGP.js wraps what the stream that it reads from throws. */
function findWaybillError(error: unknown): WaybillError | null {
  if (error instanceof WaybillError) return error;
  return error instanceof Error ? findWaybillError(error.cause) : null;
}
