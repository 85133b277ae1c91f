/** What Node's inspector asks for: by its registered name, so that the API's types need none of Node's. */
declare const inspect: unique symbol;
/**
 * A credential's text as found in the input. The text is in a private field: no formatter, JSON, template literal or
 * inspector can unwrap it. Questions about it are methods.
 */
export declare class Secret {
    #private;
    constructor(text: string);
    get length(): number;
    equals(other: Secret): boolean;
    /** Does it stand in a longer text, or is it that text? */
    isIn(text: string): boolean;
    /** Does the text have a shape? The pattern must be ours, never from the input. */
    matches(pattern: RegExp): boolean;
    /** A credential that is worked out from this one. `work` is ours, and keeps nothing of the text. */
    derive(work: (text: string) => string): Secret;
    /** Finds what has a secret: all of it, in its order. For as many as are asked for, and the texts stay in here. */
    static index<Of>(all: Iterable<Of>, secretOf: (one: Of) => Secret): (secret: Secret) => readonly Of[];
    toString(): string;
    toJSON(): string;
    [inspect](): string;
}
/** What stands in place of a secret's text, everywhere. */
export declare const masked = "***";
export {};
