import type { Value } from "./value";
/**
 * Text that may be printed. Only the functions below make one, so that no string of the input gets into a message by
 * accident.
 */
export interface Message {
    readonly kind: "message";
    readonly text: string;
}
type Part = Message | Value | number;
/** `say\`${user.name} is an SMTP user.\`` Values of the input are printed by `printable`, never raw. */
export declare function say(strings: TemplateStringsArray, ...parts: readonly Part[]): Message;
/** A name of the language or of the project's own: an address, an attribute, a rule, an action. Never a literal's text. */
export declare function name(text: string): Message;
/**
 * A name that the input gives to a value of its own: the key of a map, a variable of a script. It is masked where it
 * looks like a credential itself.
 */
export declare function label(text: string): Message;
/** Several messages, joined as a sentence joins them: `a, b and c`. */
export declare function list(parts: readonly Message[]): Message;
/**
 * A value as a message may show it: known characters, `${…}` for what is unknown, `***` for what carries a credential
 * or looks like one. One line, at most 120 characters.
 */
export declare function printable(value: Value): string;
/**
 * Could the text be, or hold, a credential? A run of 40 or more characters of Base64's alphabet with upper, lower and
 * digits, or a key id. Errs on the side of masking. ARNs, names and actions never look so.
 */
export declare function looksSecret(text: string): boolean;
export {};
