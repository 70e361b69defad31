import { expect, inject, onTestFinished, test } from "vitest";
import { startTestServer } from "../testing/test-server.ts";

const bytesMax = 8 * 1024 * 1024;

test("a call of more than 8 MiB is turned away in the form that clients read, and one of just that is not", async () => {
  const server = await startTestServer(inject("postgres"));
  onTestFinished(() => server.close());
  const send = (body: string | ReadableStream) =>
    server.ask("/trpc/runs.get", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      duplex: "half",
    });
  const tooLong = padded(bytesMax + 1);
  for (const body of [tooLong, new Blob([tooLong]).stream()]) {
    const answer = await send(body);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      error: {
        message: expect.stringContaining("POST /files"),
        code: -32_013,
        data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, waybill: { code: "request_too_large" } },
      },
    });
  }
  expect((await send(padded(bytesMax))).status).not.toBe(413);
});

function padded(bytes: number): string {
  const json = JSON.stringify({ run: "nobody" });
  return json + " ".repeat(bytes - json.length);
}
