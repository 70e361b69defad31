/** Passes bytes on and throws `fault` as soon as more than `bytesMax` have come. */
export async function* limitBytes(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
  fault: () => Error,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.byteLength;
    if (total > bytesMax) throw fault();
    yield chunk;
  }
}
