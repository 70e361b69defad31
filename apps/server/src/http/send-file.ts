import { Readable } from "node:stream";

/** A download that a browser keeps under this name, whatever characters it has. */
export function sendFile(name: string, type: string, bytes: AsyncIterable<Uint8Array | string>): Response {
  const plain = name.replaceAll(/[^\w.() -]/g, "_");
  return new Response(Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "X-Content-Type-Options": "nosniff",
    },
  });
}
