#!/usr/bin/env -S node --max-semi-space-size=8 --no-parallel-scavenge --max-old-space-size=1024
import { enableCompileCache } from "node:module";
import { guardOutput } from "./output.ts";

// Node is started with a small heap, by the line above: the server reads streams, and a large one is only collected later.
// What a thread leaves behind it clears away by itself: while each waited for helpers, a load took a fifth longer.
enableCompileCache();
guardOutput();
const { runProgram } = await import("./program.ts");
await runProgram(process.argv.slice(2));
