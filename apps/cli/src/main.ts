#!/usr/bin/env -S node --max-semi-space-size=8 --max-old-space-size=1024
import { enableCompileCache } from "node:module";

// The line above: the server reads streams, for which a large heap is no faster; it is only collected later.
enableCompileCache();
// Who reads the output may stop before its end, as `head` does or a terminal that is closed: the rest of it is for nobody.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
const { buildProgram } = await import("./program.ts");
await buildProgram().parseAsync();
