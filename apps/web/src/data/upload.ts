import { UploadFault } from "./api.ts";

interface Answer {
  id?: string;
  error?: { code: string; message: string };
}

/** Sends a file and gives the id it got; `onProgress` hears the share that has been sent, 0 to 1. Throws `UploadFault`. */
export function uploadFile(file: File, onProgress: (share: number) => void): Promise<string> {
  const request = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request.open("POST", `/files?name=${encodeURIComponent(file.name)}`);
  request.upload.onprogress = (event) => onProgress(event.total === 0 ? 1 : event.loaded / event.total);
  request.onerror = () =>
    reject(new UploadFault("server_unreachable", "The file could not be sent: the server does not answer."));
  request.onload = () => {
    const answer = readAnswer(request.responseText);
    if (answer.id) resolve(answer.id);
    else
      reject(new UploadFault(answer.error?.code ?? "unexpected", answer.error?.message ?? "The file was not taken."));
  };
  request.send(file);
  return promise;
}

function readAnswer(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}
