import pg from "pg";

/** Beyond so many different statements the rest are parsed and planned each time, since each plan takes memory. */
export const statementsMax = 1_000;

/**
 * A client that prepares each statement with parameters the first time a connection sends it, given as text and values;
 * parsing and planning cost more than most of them do. A statement whose result may change its columns, or whose plan
 * should depend on its values, is given as a query of its own form, `{ text, values }`, and is not prepared.
 */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  constructor(config?: pg.ClientConfig) {
    super(config);
    const send = this.query.bind(this);
    const query = (...[text, values, ...rest]: Parameters<typeof send>) => {
      if (typeof text !== "string" || !hasItems(values)) return send(text, values, ...rest);
      return send({ name: this.#nameOf(text), text, values }, ...rest);
    };
    this.query = query as typeof send;
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known || this.#names.size >= statementsMax) return known;
    const name = `waybill_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

/** One text may hold several statements where it has no values; those cannot be prepared. */
function hasItems(values: unknown): values is unknown[] {
  return Array.isArray(values) && values.length > 0;
}
