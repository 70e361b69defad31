import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { limits } from "../limits.ts";
import { checkScalars } from "./check-scalars.ts";
import type { PathFault } from "./raw-document.ts";

/** One thing wrong with a definition; `path` is such as `fields[2].type`, line and column count from 1. */
export interface DefinitionFault {
  path: string;
  line: number;
  column: number;
  message: string;
}

/** A document in the form of its schema, or everything that is wrong with it. */
export type ReadDocument<Value> =
  | { ok: true; value: Value; locate: (faults: PathFault[]) => DefinitionFault[] }
  | { ok: false; faults: DefinitionFault[] };

/** Aliases may stand for this many nodes in all, so that a small text cannot become a huge document. */
const aliasesMax = 100;

/**
 * Reads a document of a definition from YAML. `check` tells what the schema cannot, of the document as it was read, so
 * that a wrong one gives all of its faults at once, in the order of the text. What is found later is located by `locate`.
 */
export function readDocument<Schema extends z.ZodType>(
  yaml: string,
  schema: Schema,
  check: (raw: unknown) => PathFault[],
): ReadDocument<z.output<Schema>> {
  const bytes = new TextEncoder().encode(yaml).byteLength;
  if (bytes > limits.definitionBytesMax) {
    const message = `The definition is ${bytes} bytes long; at most ${limits.definitionBytesMax} are read.`;
    return { ok: false, faults: [{ path: "", line: 1, column: 1, message }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      path: "",
      ...place(lines, error.pos[0]),
      message: error.message,
    }));
    return { ok: false, faults };
  }
  return checkDocument(document, lines, schema, check);
}

function checkDocument<Schema extends z.ZodType>(
  document: Document.Parsed,
  lines: LineCounter,
  schema: Schema,
  check: (raw: unknown) => PathFault[],
): ReadDocument<z.output<Schema>> {
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: aliasesMax });
  } catch {
    const message = "The document refers to its own parts too often. Write them out.";
    return { ok: false, faults: [{ path: "", line: 1, column: 1, message }] };
  }
  const locate = (faults: PathFault[]) =>
    faults.map((fault) => toFault(document, lines, fault)).sort((a, b) => a.line - b.line || a.column - b.column);
  const parsed = schema.safeParse(raw);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap(shapeFaults);
  const faults = locate([...shape, ...checkScalars(document.contents), ...check(raw)]);
  return parsed.success && faults.length === 0 ? { ok: true, value: parsed.data, locate } : { ok: false, faults };
}

function shapeFaults(issue: z.core.$ZodIssue): PathFault[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: "is not known here; take it out or correct its name",
    }));
  }
  if (issue.code === "invalid_union") return [{ path, message: unionMessage(issue) }];
  if (issue.code === "invalid_type" && issue.message.includes("received undefined"))
    return [{ path, message: "is missing" }];
  return [{ path, message: lowerFirst(issue.message) }];
}

/** Of a choice between shapes, the faults of the one that came nearest. */
function unionMessage(issue: z.core.$ZodIssueInvalidUnion): string {
  const absent = issue.errors
    .flat()
    .every((one) => one.path.length === 0 && one.message.includes("received undefined"));
  if (absent) return "is missing";
  if (issue.message !== "Invalid input") return issue.message;
  const nearest = issue.errors.reduce((best, one) => (one.length < best.length ? one : best), issue.errors[0] ?? []);
  const messages = nearest.map((one) => `${one.path.join(".")} ${lowerFirst(one.message)}`.trim());
  return messages.length > 0 ? messages.join("; ") : lowerFirst(issue.message);
}

function toFault(document: Document.Parsed, lines: LineCounter, fault: PathFault): DefinitionFault {
  return { path: writePath(fault.path), ...place(lines, offsetOf(document, fault.path)), message: fault.message };
}

/** Where the path stands in the text: its key, or the nearest thing above it that is there. */
function offsetOf(document: Document.Parsed, path: (string | number)[]): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof part === "number") {
      node = (node.items[part] as Node | undefined) ?? null;
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function writePath(path: (string | number)[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
