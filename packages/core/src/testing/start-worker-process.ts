import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Context } from "../context.ts";
import type { WorkerProcessOptions } from "./worker-process.ts";

const program = join(import.meta.dirname, "worker-process.ts");

/** A worker that can be killed, frozen and stopped, since it is a process of its own. */
export interface ChildWorker {
  child: ChildProcess;
  /** Sends SIGTERM and gives the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a worker for the database of `ctx`, by its URL or another one, as a process that does not outlive the test. */
export function startWorkerProcess(ctx: Context, databaseUrl = ctx.database.url): ChildWorker {
  const options: WorkerProcessOptions = {
    databaseUrl,
    masterKey: Buffer.from(ctx.masterKey).toString("base64"),
    workerTimes: ctx.workerTimes,
  };
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    child,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      return child.exitCode;
    },
  };
}
