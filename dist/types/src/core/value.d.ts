import type { Guard } from "./guard";
import type { Span } from "./source";
/**
 * What an expression of the input is worth, in every dialect. A value knows where it was written, what of it is
 * unknown and why, and which credentials' texts run through it. Values are immutable and may be shared.
 */
export type Value = Definite | Choice;
/** A value that is not a choice. */
export type Definite = NullValue | BoolValue | NumberValue | Text | ListValue | MapValue | Unknown;
export interface NullValue {
    readonly kind: "null";
    /** What it was declared or converted to be: a set that is not set makes a set of the list beside it. */
    readonly type?: "text" | "number" | "bool" | "list" | "set" | "map" | undefined;
    readonly at: Span;
}
export interface BoolValue {
    readonly kind: "bool";
    readonly value: boolean;
    readonly at: Span;
}
export interface NumberValue {
    readonly kind: "number";
    readonly value: number;
    /** The number in decimal, where it is not the one that the double is the nearest to in the fewest digits. */
    readonly digits?: string;
    /** It is the double itself, as a logarithm is, and not the decimal that it is the nearest to. */
    readonly isDouble?: true;
    readonly at: Span;
}
/** A string, as the pieces that it was put together from. No pieces: the empty string. */
export interface Text {
    readonly kind: "text";
    readonly pieces: readonly Piece[];
    readonly at: Span;
    /** The resource attribute whose value this whole text is: `"${var.prefix}-smtp"` as the name of a user. */
    readonly ref?: Ref;
}
export type Piece = Known | Hole | Encoded;
/**
 * Known characters. Where `at` is as long as `text`, they correspond one to one, so that a part of the text has a
 * place of its own; otherwise (an escape, a function's result) `at` is the place of the whole.
 */
export interface Known {
    readonly kind: "known";
    readonly text: string;
    readonly at: Span;
    /** The resource attribute whose value this whole piece is. */
    readonly ref?: Ref;
    readonly traces: readonly Trace[];
}
/** Characters that are not known. */
export interface Hole {
    readonly kind: "hole";
    readonly unknown: Unknown;
}
/** A value in a reversible encoding, kept as the value: decoding gives it back, with its places and traces. */
export interface Encoded {
    readonly kind: "encoded";
    readonly format: "json" | "base64" | "yaml" | "url";
    readonly value: Value;
    readonly at: Span;
}
/** `rest` says that there may be more items, in any place. Items under a guard are there only when it holds. */
export interface ListValue {
    readonly kind: "list";
    /** A set has no order and no duplicates; HCL lists and tuples are `list`. */
    readonly shape: "list" | "set";
    /** Declared or made as a list, whose items have one type: it never equals a tuple of the same items. */
    readonly typed?: true;
    readonly items: readonly Item[];
    readonly rest?: Unknown;
    readonly at: Span;
}
export interface Item {
    readonly guard: Guard;
    readonly value: Value;
}
/**
 * Keys are as written, in the order of the source; a key stands twice only under guards that exclude each other.
 * `rest` says that there may be more entries.
 */
export interface MapValue {
    readonly kind: "map";
    /** Declared or made as a map, whose elements have one type: it never equals an object of the same attributes. */
    readonly typed?: true;
    readonly entries: readonly Entry[];
    readonly rest?: Unknown;
    readonly at: Span;
}
export interface Entry {
    readonly key: string;
    readonly keyAt: Span;
    readonly guard: Guard;
    readonly value: Value;
    /** Where the expression stands that gives the value, which may be written far from it. */
    readonly valueAt?: Span;
}
/** One of several values. The guards exclude each other; where none holds there is no value. */
export interface Choice {
    readonly kind: "choice";
    readonly options: readonly Option[];
    readonly at: Span;
}
export interface Option {
    readonly guard: Guard;
    readonly value: Definite;
}
export interface Unknown {
    readonly kind: "unknown";
    readonly reason: Reason;
    readonly at: Span;
    /** Two unknowns with one id are the same value within a unit: `var.env`, `aws_iam_user.mail.arn`. */
    readonly id?: string;
    /** The resource attribute that this is. */
    readonly ref?: Ref;
    /** Of the rest of a collection: when there is anything in it. Undefined: that is undecided by itself. */
    readonly any?: Guard;
    /** Of the rest of a map of resources: one that stands for each of them, and is there when `any` holds. */
    readonly each?: Value;
    readonly traces: readonly Trace[];
}
/** Why something is unknown. `what` names it as the user wrote it, and never holds a literal's text. */
export interface Reason {
    readonly kind: ReasonKind;
    readonly what: string;
}
export type ReasonKind = "no-default" | "after-apply" | "data-source" | "remote-module" | "import" | "imported" | "unsupported" | "invalid" | "missing" | "limit";
/** An attribute of a resource instance, by its address within the unit. */
export interface Ref {
    readonly address: string;
    readonly attribute: string;
    /** Of an ARN that is not known: the service that it names. `sqs` */
    readonly service?: string;
}
export type CredentialForm = "access-key-id" | "secret-access-key" | "encrypted-secret-access-key" | "smtp-password" | "encrypted-smtp-password" | "smtp-password-v2" | "console-password";
/**
 * The text of a credential runs through a value. `credential` is the address of the resource instance that makes it.
 * `certainty` is "may" where a function may have taken it out or kept a part only.
 */
export interface Trace {
    readonly credential: string;
    readonly form: CredentialForm;
    readonly certainty: "is" | "may";
    /** Of an SMTP password: the region that it is made for, where what makes it is given that. */
    readonly region?: Value;
    readonly path: Path;
}
/** How a value came here: newest step first. */
export interface Path {
    readonly at: Span;
    /** What the step is, as the user wrote it: `local.password`, `module.mail.password`, `base64encode`. */
    readonly what: string;
    /** It is given to a template as a variable, or to a loop as an element: whatever these make of it, it gets in here. */
    readonly isHanded?: true;
    readonly before?: Path;
}
