import { WaybillError } from "../errors.ts";

/** The same bytes as they come. Throws `upload_silent` when none has come for `secondsMax` seconds. */
export async function* untilSilent(
  bytes: AsyncIterable<Uint8Array>,
  secondsMax: number,
): AsyncGenerator<Uint8Array, void> {
  const reading = bytes[Symbol.asyncIterator]();
  let silent = false;
  try {
    while (true) {
      const piece = await withinSeconds(reading.next(), secondsMax);
      if (piece === null) {
        silent = true;
        throw tooSilent(secondsMax);
      }
      if (piece.done) return;
      yield piece.value;
    }
  } finally {
    const ended = reading.return?.().catch(() => undefined);
    // A source that has gone silent may never say that it has ended.
    if (!silent) await ended;
  }
}

async function withinSeconds<Value>(promise: Promise<Value>, seconds: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), seconds * 1_000);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSilent(secondsMax: number): WaybillError {
  const message = `The upload broke off: no byte of the file came for ${secondsMax} seconds, and nothing of it was kept. Check the connection, then send the file again.`;
  return new WaybillError("upload_silent", message, { secondsMax });
}
