/**
 * What the clocks of a zone show, found by looking at them all along: written apart from the code that it checks, and
 * sharing nothing with it.
 */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly stretches: Stretch[] = [];

  /** Looks at a zone's clocks from `from` to `to`, both in milliseconds since 1970, every six hours, and at each minute where they changed. */
  constructor(timeZone: string, from: number, to: number) {
    this.format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    let shift = this.shiftAt(from);
    let since = from;
    for (let at = from + look; at <= to; at += look) {
      if (this.shiftAt(at) === shift) continue;
      const change = this.firstMinuteOf(at - look, at, shift);
      this.stretches.push({ from: since, to: change, shift });
      [since, shift] = [change, this.shiftAt(at)];
    }
    this.stretches.push({ from: since, to, shift });
  }

  /** The moments at which the clocks changed. */
  get changes(): number[] {
    return this.stretches.slice(1).map(({ from }) => from);
  }

  /** What the clocks show, such as `2026-03-29T02:30`. */
  read(at: number): string {
    const stretch = this.stretches.find(({ from, to }) => at >= from && at < to);
    return write(at + (stretch?.shift ?? Number.NaN));
  }

  /** Every moment at which the clocks show this: none in a gap, two in an hour that comes twice. */
  momentsOf(shown: string): number[] {
    const asUtc = Date.parse(`${shown}:00Z`);
    return this.stretches
      .filter(({ from, to, shift }) => asUtc - shift >= from && asUtc - shift < to)
      .map(({ shift }) => asUtc - shift);
  }

  /** The first moment after the gap in which this would have been shown. */
  afterGap(shown: string): number {
    const change = this.changes.find((at) => this.read(at - 60_000) < shown && shown < this.read(at));
    if (change === undefined) throw new Error(`The clocks show ${shown}, or the time was not looked at.`);
    return change;
  }

  private shiftAt(at: number): number {
    return Date.parse(`${this.format.format(at).replace(" ", "T")}Z`) - at;
  }

  private firstMinuteOf(from: number, to: number, shiftBefore: number): number {
    let at = from;
    while (at < to && this.shiftAt(at) === shiftBefore) at += 60_000;
    return at;
  }
}

/** A time in which the clocks are so many milliseconds ahead of UTC. */
interface Stretch {
  from: number;
  to: number;
  shift: number;
}

const look = 6 * 3_600_000;

function write(asUtc: number): string {
  return new Date(asUtc).toISOString().slice(0, 16);
}
