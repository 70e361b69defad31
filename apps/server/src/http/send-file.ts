import { Readable } from "node:stream";
import type { Services } from "@waybill/core/context";
import { readFileBytes } from "@waybill/core/stored-file/read-file";
import type { StoredFile } from "@waybill/core/stored-file/stored-file";

/** What is sent: its name, whatever characters it has, its type, and how many bytes it has where that is known. */
export interface Download {
  name: string;
  type: string;
  length?: number;
}

/** A download that a browser keeps under its name. */
export function sendFile({ name, type, length }: Download, bytes: AsyncIterable<Uint8Array | string>): Response {
  const plain = name.replaceAll(/[^\w.() -]/g, "_");
  return new Response(Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      "Content-Type": type,
      ...(length !== undefined && { "Content-Length": String(length) }),
      "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** A stored file, as it was sent to Waybill. */
export function sendStoredFile(services: Services, file: Pick<StoredFile, "id" | "name" | "bytes">): Response {
  const download = { name: file.name, type: "application/octet-stream", length: file.bytes };
  return sendFile(download, readFileBytes(services, file.id));
}
