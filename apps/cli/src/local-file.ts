import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { CliFailure } from "./failure.ts";

/** A plain file of this machine, open to be read. */
export interface LocalFile {
  /** What it is called, without its folders. */
  name: string;
  handle: FileHandle;
}

/** Opens a plain file. Throws `CliFailure` when there is none that this user may read. */
export async function openLocalFile(path: string): Promise<LocalFile> {
  // A named pipe that nobody writes to would hold up an open that waits.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(sayRefusal(path, error));
  });
  const found = await handle.stat();
  if (found.isFile()) return { name: basename(path), handle };
  await handle.close();
  const shown = JSON.stringify(path);
  throw unreadable(
    found.isDirectory()
      ? `${shown} is a folder. Name a file in it.`
      : `${shown} is not a plain file; save it to one first.`,
  );
}

/** All bytes of a plain file. Throws `CliFailure` when there is none that this user may read. */
export async function readLocalFile(path: string): Promise<Buffer> {
  const { handle } = await openLocalFile(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function sayRefusal(path: string, error: NodeJS.ErrnoException): string {
  const shown = JSON.stringify(path);
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return `There is no file ${shown}. Check the path.`;
    case "EACCES":
    case "EPERM":
      return `You may not read ${shown}. Ask its owner, or give a copy of yours.`;
    case "ENXIO":
      return `${shown} is not a plain file; save it to one first.`;
    default:
      return `${shown} cannot be read (${error.message}).`;
  }
}

function unreadable(message: string): CliFailure {
  return new CliFailure("file_unreadable", message);
}
