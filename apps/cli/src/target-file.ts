import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CliFailure } from "./failure.ts";
import { isWriteFault } from "./output.ts";

/** A file of this machine, emptied to be written. */
export interface TargetFile {
  path: string;
  /** Writes all of this and gives how many bytes it was. Throws `CliFailure` when the file does not take it. */
  write(content: Readable): Promise<number>;
}

/** Opens the file that `--out` names. Throws `CliFailure` when it cannot be one. */
export async function openTarget(path: string): Promise<TargetFile> {
  const handle = await open(path, "w").catch((error: NodeJS.ErrnoException): never => {
    throw new CliFailure("wrong_usage", sayRefusal(path, error));
  });
  return { path, write: (content) => writeAll(path, handle, content) };
}

function sayRefusal(path: string, error: NodeJS.ErrnoException): string {
  const shown = JSON.stringify(path);
  switch (error.code) {
    case "EISDIR":
      return `${shown} is a folder. Add the name that the file is to have in it.`;
    case "ENOENT":
    case "ENOTDIR":
      return `There is no folder ${JSON.stringify(dirname(path))}. Make it first, or give another path.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `You may not write ${shown}. Give another path.`;
    default:
      return `${shown} cannot be written (${error.message}). Give another path.`;
  }
}

async function writeAll(path: string, handle: FileHandle, content: Readable): Promise<number> {
  const file = handle.createWriteStream();
  await pipeline(content, file).catch((error: unknown): never => {
    if (!isWriteFault(error)) throw error;
    throw new CliFailure("file_unwritable", `${JSON.stringify(path)} could not be written whole (${error.message}).`);
  });
  return file.bytesWritten;
}
