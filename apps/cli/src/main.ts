#!/usr/bin/env -S node --max-semi-space-size=8 --max-old-space-size=1024
import { enableCompileCache } from "node:module";
import { guardOutput } from "./output.ts";

// The first line: the server reads streams, for which a large heap is no faster; it is only collected later.
enableCompileCache();
guardOutput();
const { runProgram } = await import("./program.ts");
await runProgram(process.argv.slice(2));
