import { WaybillError } from "../errors.ts";
import { type FileLimits, limits } from "../limits.ts";
import { isPrintable } from "../value/printable.ts";

/** The endings of files that Waybill takes. */
export const fileEndings = [".csv", ".zip", ".pgp", ".gpg"] as const;
export type FileEnding = (typeof fileEndings)[number];

/** Checks a name that a person gave. Throws `file_name_invalid` or `file_ending_unknown`. */
export function checkFileName(name: string): FileEnding {
  if (name.length > limits.fileNameCharactersMax) {
    const message = `The file's name is ${name.length} characters long; at most ${limits.fileNameCharactersMax} are allowed. Shorten it.`;
    throw new WaybillError("file_name_invalid", message);
  }
  if (name.trim() === "" || !isPrintable(name)) {
    throw new WaybillError(
      "file_name_invalid",
      `The file's name ${JSON.stringify(name)} is empty or holds a control character. Rename the file.`,
    );
  }
  const ending = fileEndings.find((one) => name.toLowerCase().endsWith(one));
  if (ending) return ending;
  const message = `The file ${JSON.stringify(name)} must end in .csv, .zip, .pgp or .gpg. Save or compress it as one of these.`;
  throw new WaybillError("file_ending_unknown", message);
}

/** Checks the size of a stored file by its ending. Throws `file_too_large`. */
export function checkDeclaredSize(name: string, bytes: number, fileLimits: FileLimits): void {
  const plain = checkFileName(name) === ".csv";
  const bytesMax = plain ? fileLimits.sourceBytesMax : fileLimits.zipBytesMax;
  if (bytes > bytesMax) throw tooLarge(name, bytesMax, plain);
}

/** The error of a source that is larger than allowed; `plain` is one that compressing would help. */
export function tooLarge(name: string, bytesMax: number, plain: boolean): WaybillError {
  const remedy = plain ? "Compress it to a .zip." : "Split it.";
  const message = `The file ${JSON.stringify(name)} is larger than ${bytesMax} bytes, the most that is allowed. ${remedy}`;
  return new WaybillError("file_too_large", message, { bytesMax });
}
