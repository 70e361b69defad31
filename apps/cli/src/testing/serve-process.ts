import { serveUntilStopped } from "../commands/serve/until-stopped.ts";

// `waybill serve`, with so many milliseconds to stop in.
await serveUntilStopped(process.env, Number(process.argv[2]));
