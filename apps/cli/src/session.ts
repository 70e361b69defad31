import { type ApiClient, createApiClient } from "./api-client.ts";
import { Declined, type ExitCode, exitCodeOf, exitCodes, toFailure } from "./failure.ts";
import { safeText } from "./print/format.ts";
import { type Connection, findConnection } from "./settings.ts";

/** What a command works with: the server, and whether its answer is for a program. */
export interface Session {
  connection: Connection;
  api: ApiClient;
  json: boolean;
  /** Whether a person sits at the terminal. */
  interactive: boolean;
  /** Prints the one answer of a command: `value` as JSON, or `text` for people. */
  answer(value: unknown, text: () => string): void;
  /** As `answer`, for text to keep in a file: there it stands as it is, and only a terminal is spared its commands. */
  answerDocument(value: unknown, text: string): void;
  /** Says beside the answer what a person should know, on standard error; a program finds it in the answer. */
  note(text: string): void;
}

/** Runs a command against the server and sets the exit code; faults are said on standard error, or as JSON. */
export async function withSession(
  options: { json?: boolean },
  work: (session: Session) => Promise<ExitCode | undefined>,
): Promise<void> {
  const json = options.json ?? false;
  let url: string | undefined;
  try {
    const connection = await findConnection(process.env);
    url = connection.url;
    process.exitCode = (await work(openSession(connection, json))) ?? exitCodes.completed;
  } catch (error) {
    tellFailure(error, json, url);
  }
}

/** Runs a command that asks no server and sets the exit code; faults are said as those of others. */
export async function answerAlone(
  options: { json?: boolean },
  work: (answer: Session["answer"]) => void | Promise<void>,
): Promise<void> {
  const json = options.json ?? false;
  try {
    await work(answerOn(json));
    process.exitCode = exitCodes.completed;
  } catch (error) {
    tellFailure(error, json);
  }
}

function answerOn(json: boolean): Session["answer"] {
  return (value, text) => {
    process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${safeText(text().trimEnd())}\n`);
  };
}

/** A session with a server; `json` when its answers are for a program. */
export function openSession(connection: Connection, json: boolean): Session {
  const answer = answerOn(json);
  return {
    connection,
    api: createApiClient(connection),
    json,
    interactive: !json && process.stdin.isTTY === true && process.stderr.isTTY === true,
    answer,
    answerDocument(value, text) {
      if (json || process.stdout.isTTY) answer(value, () => text);
      else process.stdout.write(text);
    },
    note(text) {
      if (!json) process.stderr.write(`${safeText(text)}\n`);
    },
  };
}

/** Says what went wrong and sets the exit code. `url` is the server's, where one was asked. */
export function tellFailure(error: unknown, json: boolean, url?: string): void {
  if (error instanceof Declined) {
    process.stderr.write("Nothing was done.\n");
    process.exitCode = exitCodes.wrongUsage;
    return;
  }
  const failure = toFailure(error, url);
  if (json) process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
  else process.stderr.write(`Error (${failure.code}): ${safeText(failure.message)}\n`);
  process.exitCode = exitCodeOf(failure);
}
