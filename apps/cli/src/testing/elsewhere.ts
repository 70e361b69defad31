import { once } from "node:events";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";

/** Starts a server that is not Waybill's; gives its address, the paths that it was asked for and what was shown to be let in. */
export async function listenElsewhere(
  status: number,
  body: string,
): Promise<{ url: string; calls: (string | undefined)[]; tokens: (string | undefined)[] }> {
  const calls: (string | undefined)[] = [];
  const tokens: (string | undefined)[] = [];
  const elsewhere = createServer((request, response) => {
    calls.push(request.url);
    tokens.push(request.headers.authorization);
    const type = body.startsWith("{") ? "application/json" : "text/html";
    response.writeHead(status, { "Content-Type": type }).end(body);
  }).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  onTestFinished(() => void elsewhere.close());
  return { url: `http://127.0.0.1:${(elsewhere.address() as { port: number }).port}`, calls, tokens };
}
