/** A condition operator, taken apart: `ForAllValues:StringNotLikeIfExists`. */
export interface Operator {
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: "all" | "any" | undefined;
}

export type Test = "null" | "binary" | "ip" | TextTest | Order | DateOrder;

/** `bool` compares texts without case, as `string-ignore-case` does. */
export type TextTest = "string" | "string-ignore-case" | "bool" | "string-like" | "arn";

export type Order = "=" | "<" | "<=" | ">" | ">=";
export type DateOrder = `date ${Order}`;

const tests: ReadonlyMap<string, Test> = new Map([
  ["null", "null"],
  ["stringequals", "string"],
  ["stringequalsignorecase", "string-ignore-case"],
  ["stringlike", "string-like"],
  ["bool", "bool"],
  ["ipaddress", "ip"],
  // "The ArnEquals and ArnLike condition operators behave identically."
  ["arnequals", "arn"],
  ["arnlike", "arn"],
  ["numericequals", "="],
  ["numericlessthan", "<"],
  ["numericlessthanequals", "<="],
  ["numericgreaterthan", ">"],
  ["numericgreaterthanequals", ">="],
  ["dateequals", "date ="],
  ["datelessthan", "date <"],
  ["datelessthanequals", "date <="],
  ["dategreaterthan", "date >"],
  ["dategreaterthanequals", "date >="],
  ["binaryequals", "binary"],
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
