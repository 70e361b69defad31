/** Since when nothing keeps the workers from working: one lives, and Postgres answers it. */
export class Health {
  /** On the clock of `performance.now()`; infinite while the world is not well. */
  wellSinceMilliseconds = 0;

  get isWell(): boolean {
    return Number.isFinite(this.wellSinceMilliseconds);
  }

  ill(): void {
    this.wellSinceMilliseconds = Number.POSITIVE_INFINITY;
  }

  well(): void {
    this.wellSinceMilliseconds = performance.now();
  }
}
