#!/usr/bin/env -S node --max-semi-space-size=8
import { enableCompileCache } from "node:module";

// The server reads a stream: a large nursery for new objects only makes the process larger, and it is no faster for it.
enableCompileCache();
// Who reads the output may stop before its end, as `head` does or a terminal that is closed: the rest of it is for nobody.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
const { buildProgram } = await import("./program.ts");
await buildProgram().parseAsync();
