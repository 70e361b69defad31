import { setTimeout as sleep } from "node:timers/promises";
import { toFailure } from "./failure.ts";
import { clearedLine } from "./print/progress-bar.ts";
import { lostMillisecondsMax, serverLost } from "./server-lost.ts";
import type { Session } from "./session.ts";
import { untilInterrupted } from "./until-interrupted.ts";

const lookMilliseconds = 500;

/** Something that goes on in the server, and how it is looked at. */
export interface Polled<Value> {
  read: () => Promise<Value>;
  isOver: (value: Value) => boolean;
  /** How far it is, in one line of a terminal. */
  progressLine: (value: Value) => string;
  /** What is said where nobody waits for it any more: that it goes on, and how to come back to it. */
  goesOn: string;
  /** What a program is told that loses it. */
  details: Record<string, unknown>;
}

/**
 * Looks again and again until something is over, and shows on a terminal how far it is; Ctrl-C ends the waiting alone. A
 * server that goes away is waited for; throws `CliFailure` when it stays away.
 */
export async function pollUntilOver<Value>(session: Session, polled: Polled<Value>): Promise<Value> {
  const shown = !session.json && process.stderr.isTTY;
  const wait = async () => {
    for (;;) {
      const value = await look(polled);
      if (polled.isOver(value)) return value;
      if (shown) process.stderr.write(`${clearedLine}${polled.progressLine(value)}`);
      await sleep(lookMilliseconds);
    }
  };
  try {
    return await untilInterrupted(() => [polled.goesOn], wait);
  } finally {
    if (shown) process.stderr.write(clearedLine);
  }
}

async function look<Value>({ read, goesOn, details }: Polled<Value>): Promise<Value> {
  const since = performance.now();
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (toFailure(error).code !== "server_unreachable") throw error;
      if (performance.now() - since > lostMillisecondsMax) throw serverLost(goesOn, details);
    }
    await sleep(lookMilliseconds);
  }
}
