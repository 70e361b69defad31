#!/usr/bin/env -S node --max-semi-space-size=8 --max-old-space-size=1024
import { enableCompileCache } from "node:module";
import { guardOutput } from "./output.ts";

// Node is started with a small heap, by the line above: the server reads streams, and a large one is only collected later.
enableCompileCache();
guardOutput();
const { runProgram } = await import("./program.ts");
await runProgram(process.argv.slice(2));
