import { put } from "./map";

/** What Node's inspector asks for: by its registered name, so that the API's types need none of Node's. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * A credential's text as found in the input. The text is in a private field: no formatter, JSON, template literal or
 * inspector can unwrap it. Questions about it are methods.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  /** Does it stand in a longer text, or is it that text? */
  isIn(text: string): boolean {
    return text.includes(this.#text);
  }

  /** Does the text have a shape? The pattern must be ours, never from the input. */
  matches(pattern: RegExp): boolean {
    return pattern.test(this.#text);
  }

  /** A credential that is worked out from this one. `work` is ours, and keeps nothing of the text. */
  derive(work: (text: string) => string): Secret {
    return new Secret(work(this.#text));
  }

  /** Finds what has a secret: all of it, in its order. For as many as are asked for, and the texts stay in here. */
  static index<Of>(all: Iterable<Of>, secretOf: (one: Of) => Secret): (secret: Secret) => readonly Of[] {
    const byText = new Map<string, Of[]>();
    for (const one of all) put(byText, secretOf(one).#text, one);
    return (secret) => byText.get(secret.#text) ?? [];
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [inspect](): string {
    return masked;
  }
}

/** What stands in place of a secret's text, everywhere. */
export const masked = "***";
