#!/usr/bin/env -S node --max-semi-space-size=8
import { enableCompileCache } from "node:module";

// The server reads a stream: a large nursery for new objects only makes the process larger, and it is no faster for it.
enableCompileCache();
const { buildProgram } = await import("./program.ts");
await buildProgram().parseAsync();
