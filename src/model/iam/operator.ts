/** A condition operator, taken apart: `ForAllValues:StringNotLikeIfExists`. */
export interface Operator {
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: "all" | "any" | undefined;
}

/** What is compared, and how. `bool` compares texts without case, as `StringEqualsIgnoreCase` does. */
export type Test =
  | { readonly kind: "null" | "binary" | "ip" | "bool" | "arn" }
  | { readonly kind: "string"; readonly as: "like" | "same" | "same-but-case" }
  | { readonly kind: "number" | "date"; readonly order: Order };

export type Order = "=" | "<" | "<=" | ">" | ">=";

const tests: ReadonlyMap<string, Test> = new Map([
  ["null", { kind: "null" }],
  ["stringequals", { kind: "string", as: "same" }],
  ["stringequalsignorecase", { kind: "string", as: "same-but-case" }],
  ["stringlike", { kind: "string", as: "like" }],
  ["bool", { kind: "bool" }],
  ["ipaddress", { kind: "ip" }],
  // "The ArnEquals and ArnLike condition operators behave identically."
  ["arnequals", { kind: "arn" }],
  ["arnlike", { kind: "arn" }],
  ["numericequals", { kind: "number", order: "=" }],
  ["numericlessthan", { kind: "number", order: "<" }],
  ["numericlessthanequals", { kind: "number", order: "<=" }],
  ["numericgreaterthan", { kind: "number", order: ">" }],
  ["numericgreaterthanequals", { kind: "number", order: ">=" }],
  ["dateequals", { kind: "date", order: "=" }],
  ["datelessthan", { kind: "date", order: "<" }],
  ["datelessthanequals", { kind: "date", order: "<=" }],
  ["dategreaterthan", { kind: "date", order: ">" }],
  ["dategreaterthanequals", { kind: "date", order: ">=" }],
  ["binaryequals", { kind: "binary" }],
]);

const negations: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "stringequals"],
  ["stringnotequalsignorecase", "stringequalsignorecase"],
  ["stringnotlike", "stringlike"],
  ["notipaddress", "ipaddress"],
  ["arnnotequals", "arnequals"],
  ["arnnotlike", "arnlike"],
  ["numericnotequals", "numericequals"],
  ["datenotequals", "dateequals"],
]);

/** Undefined: an operator that does not exist. */
export function operatorOf(written: string): Operator | undefined {
  let rest = written.toLowerCase();
  let set: Operator["set"];
  if (rest.startsWith("forallvalues:")) set = "all";
  if (rest.startsWith("foranyvalue:")) set = "any";
  if (set !== undefined) rest = rest.slice(rest.indexOf(":") + 1);
  const ifExists = rest.endsWith("ifexists");
  if (ifExists) rest = rest.slice(0, -"ifexists".length);
  const positive = negations.get(rest);
  const test = tests.get(positive ?? rest);
  return test && { test, negated: positive !== undefined, ifExists, set };
}
