import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import type { Handler } from "hono";
import type { HttpEnv } from "./env.ts";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/** Serves the built console: its files, and its page at every address that can be one of the console's. */
export function serveConsole(folder: string): Handler<HttpEnv> {
  return async (c) => {
    const path = normalize(decodePath(c.req.path));
    const asset = extname(path) in types ? await readAsset(join(folder, path)) : null;
    if (asset) {
      const unchanging = path.startsWith("/assets/");
      return c.body(new Uint8Array(asset), 200, {
        "Content-Type": types[extname(path)] ?? "application/octet-stream",
        "Cache-Control": unchanging ? "public, max-age=31536000, immutable" : "no-cache",
      });
    }
    if (!isPage(path)) return c.notFound();
    const page = await readAsset(join(folder, "index.html"));
    if (!page) return c.text("The console is not built. Run 'npm start', which builds it.", 503);
    return c.body(new Uint8Array(page), 200, { "Content-Type": types[".html"] ?? "", "Cache-Control": "no-cache" });
  };
}

const otherFolders = ["assets", "files", "metrics", "trpc"];

/** The name of a run may hold a dot; anywhere else one stands before the ending of a file. */
function isPage(path: string): boolean {
  const [, folder = "", name, ...below] = path.split("/");
  if (folder === "runs" && name !== undefined) return below.length === 0;
  return !otherFolders.includes(folder) && extname(path) === "";
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "/";
  }
}

async function readAsset(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch {
    return null;
  }
}
