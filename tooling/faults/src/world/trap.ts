import type { Passage } from "./link.ts";

/** On which side of a commit a trap springs: the server never gets the commit, or gets it and cannot answer. */
export const commitSides = ["before", "after"] as const;
export type CommitSide = (typeof commitSides)[number];

/** Waits for a commit among the bytes that a client sends, and acts just before or just after it goes on. */
export class Trap {
  readonly #side: CommitSide;
  #commitsLeft: number;
  readonly #act: () => void;

  /** Springs at the commit number `nth`, from 1. */
  constructor(side: CommitSide, nth: number, act: () => void) {
    this.#side = side;
    this.#commitsLeft = nth;
    this.#act = act;
  }

  /** What becomes of the bytes when the trap springs at them; null when it does not. */
  meet(bytes: Buffer): Passage | null {
    const at = findCommit(bytes);
    if (at === null || --this.#commitsLeft > 0) return null;
    if (this.#side === "after") return { pass: bytes.length, cut: false, after: this.#act };
    this.#act();
    return { pass: at, cut: true };
  }
}

/** `commit` as the message of a simple query: its kind, its length with these four bytes, its text, and a zero. */
const commitMessages = ["commit", "COMMIT"].map((text) => Buffer.from(`Q\0\0\0\x0b${text}\0`, "latin1"));

function findCommit(bytes: Buffer): number | null {
  const found = commitMessages.map((message) => bytes.indexOf(message)).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : null;
}
