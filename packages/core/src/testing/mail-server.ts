import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** A real SMTP server, which keeps what it is sent. */
export interface MailServer {
  smtpUrl: string;
  mails: { from: string; to: string[]; content: string }[];
  /** How many talk to it. */
  connections(): number;
  /** Answers nobody whom it is to send mail to until what this gives is called. */
  hold(): () => void;
}

/** Starts an SMTP server that takes mail to all addresses but those of `nobody`, until the test is over. */
export async function startMailServer(): Promise<MailServer> {
  const mails: MailServer["mails"] = [];
  let held: Promise<void> | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    async onRcptTo({ address }, _session, callback) {
      await held;
      callback(address.startsWith("nobody@") ? new Error("There is nobody of that name.") : null);
    },
    onData(stream, { envelope }, callback) {
      text(stream).then((content) => {
        const { mailFrom, rcptTo } = envelope;
        mails.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address), content });
        callback(null);
      }, callback);
    },
  });
  const { server: listener } = server;
  server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    smtpUrl: `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    mails,
    connections: () => server.connections.size,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}
