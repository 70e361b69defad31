import { UploadFault } from "./api.ts";

interface Answer {
  id?: string;
  error?: { code: string; message: string };
}

const kept = new WeakMap<File, string>();

/**
 * Sends a file and gives the id it got; `onProgress` hears the share that has been sent, 0 to 1. A file that has been
 * sent before is not sent again. Throws `UploadFault`; rejects when `signal` aborts.
 */
export async function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const earlier = kept.get(file);
  if (earlier) return earlier;
  if (!(await isReadable(file))) {
    throw new UploadFault("file_unreadable", `${file.name} changed or is gone since you chose it. Choose it again.`);
  }
  const id = await send(file, onProgress, signal);
  kept.set(file, id);
  return id;
}

function send(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<string> {
  const request = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request.open("POST", `/files?name=${encodeURIComponent(file.name)}`);
  request.upload.onprogress = (event) => onProgress(event.total === 0 ? 1 : event.loaded / event.total);
  request.onerror = () =>
    reject(new UploadFault("server_unreachable", "The file could not be sent: the server does not answer."));
  request.onabort = () => reject(new UploadFault("aborted", "The file was not sent."));
  request.onload = () => {
    const answer = readAnswer(request.responseText);
    if (answer.id) resolve(answer.id);
    else
      reject(new UploadFault(answer.error?.code ?? "unexpected", answer.error?.message ?? "The file was not taken."));
  };
  signal.addEventListener("abort", () => request.abort());
  request.send(file);
  return promise;
}

/** A browser holds a file by its place: bytes that changed there, or a folder, cannot be sent. */
async function isReadable(file: File): Promise<boolean> {
  return await file
    .slice(0, 1)
    .arrayBuffer()
    .then(() => true)
    .catch(() => false);
}

function readAnswer(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}
