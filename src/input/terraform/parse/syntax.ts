/**
 * The syntax tree of the HCL native syntax, in the words of the HCL specification. Terraform JSON syntax gives the same
 * tree, except that a nested block of a resource is an attribute there: an object, or a list of objects (only a provider's
 * schema could tell). No way from a value to its leaves is longer than `limits.depth`. Every node has `start` and `end`:
 * UTF-16 offsets into the file's text, half-open.
 */
export interface Node {
  readonly start: number;
  readonly end: number;
}

export interface ConfigFile {
  /** Relative to the root of the run. */
  readonly path: string;
  readonly body: Body;
  /** Comment tokens, with their markers, in order. */
  readonly comments: readonly Node[];
  /** The construct path of the stack whose output CDKTF wrote into the file. */
  readonly construct?: string;
}

/** Of a block: what is between its braces. */
export interface Body extends Node {
  /** In the order of the source. The first definition of an attribute counts; a second one is a problem. */
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

export interface Attribute extends Node {
  readonly name: Name;
  readonly value: Expression;
}

/**
 * In Terraform JSON syntax the type and the labels stand apart: all have the place of the last label, and the block has
 * that of its body.
 */
export interface Block extends Node {
  readonly type: Name;
  readonly labels: readonly Name[];
  readonly body: Body;
  /** The construct path that CDKTF writes into a block of its output. */
  readonly construct?: string;
}

/** An identifier or label with its place (of a quoted label: inside the quotes). */
export interface Name extends Node {
  readonly text: string;
}

export type Expression =
  | Literal
  | Template
  | Variable
  | GetAttribute
  | Index
  | Splat
  | SplatItem
  | Call
  | Unary
  | Binary
  | Conditional
  | Tuple
  | ObjectCons
  | ForTuple
  | ForObject
  | Parentheses
  | Invalid;

/** A number is kept as written. */
export interface Literal extends Node {
  readonly kind: "literal";
  readonly value:
    | { readonly kind: "number"; readonly text: string }
    | { readonly kind: "bool"; readonly value: boolean }
    | { readonly kind: "null" };
}

/**
 * A quoted string or heredoc. A template of one interpolation and nothing else (`"${x}"`) is its value, unconverted:
 * `wrapped` says so. Trim markers and the indentation of `<<-` are already applied to the texts.
 */
export interface Template extends Node {
  readonly kind: "template";
  readonly parts: readonly TemplatePart[];
  readonly wrapped: boolean;
  readonly heredoc: boolean;
}

export type TemplatePart = TemplateText | Interpolation | TemplateIf | TemplateFor;

/**
 * Characters as they are in the value. Where `end - start` is the length of `text` they correspond one to one;
 * an escape sequence is a part of its own.
 */
export interface TemplateText extends Node {
  readonly kind: "text";
  readonly text: string;
}

interface Interpolation extends Node {
  readonly kind: "interpolation";
  readonly value: Expression;
}

export interface TemplateIf extends Node {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: readonly TemplatePart[];
  readonly otherwise: readonly TemplatePart[];
}

export interface TemplateFor extends Node {
  readonly kind: "for";
  readonly key: string | undefined;
  readonly item: string;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
}

/** The root of a traversal: `var`, `local`, `aws_iam_user`, a `for` variable. */
export interface Variable extends Node {
  readonly kind: "variable";
  readonly name: string;
}

/** `.name` on anything. `start` is that of the whole expression. */
export interface GetAttribute extends Node {
  readonly kind: "get-attribute";
  readonly of: Expression;
  readonly name: Name;
}

/** `[key]` on anything, and the legacy `.0`, whose key is a number literal. */
export interface Index extends Node {
  readonly kind: "index";
  readonly of: Expression;
  readonly key: Expression;
}

/** `of[*]…` (full) or `of.*…` (attribute-only); `each` is what is done to every item, on a SplatItem at its root. */
export interface Splat extends Node {
  readonly kind: "splat";
  readonly form: "full" | "attribute";
  readonly of: Expression;
  readonly each: Expression;
}

export interface SplatItem extends Node {
  readonly kind: "splat-item";
}

/** `name` may have namespaces: `provider::aws::arn_parse`. `expand`: the last argument is followed by `...`. */
export interface Call extends Node {
  readonly kind: "call";
  readonly name: Name;
  readonly args: readonly Expression[];
  readonly expand: boolean;
}

export interface Unary extends Node {
  readonly kind: "unary";
  readonly operator: "!" | "-";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||";

export interface Binary extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Node {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Tuple extends Node {
  readonly kind: "tuple";
  readonly items: readonly Expression[];
}

export interface ObjectCons extends Node {
  readonly kind: "object";
  readonly items: readonly ObjectItem[];
}

/** A bare identifier as key is a Name, `true` and `null` too; anything else, also `(name)`, is an expression. */
export interface ObjectItem {
  readonly key:
    { readonly kind: "name"; readonly name: Name } | { readonly kind: "expression"; readonly value: Expression };
  readonly value: Expression;
}

interface ForParts extends Node {
  readonly key: string | undefined;
  readonly item: string;
  readonly collection: Expression;
  readonly condition: Expression | undefined;
}

export interface ForTuple extends ForParts {
  readonly kind: "for-tuple";
  readonly value: Expression;
}

export interface ForObject extends ForParts {
  readonly kind: "for-object";
  readonly keyValue: Expression;
  readonly value: Expression;
  /** `...` after the value: values of equal keys are grouped in lists. */
  readonly grouped: boolean;
}

interface Parentheses extends Node {
  readonly kind: "parentheses";
  readonly value: Expression;
}

/** Where the parser recovered; a problem says why. It evaluates to an unknown. */
export interface Invalid extends Node {
  readonly kind: "invalid";
}
