import assert from "node:assert/strict";
import { operatorOf } from "../../../src/model/iam/operator";

/** As the IAM User Guide lists them, "IAM JSON policy elements: Condition operators". */
const operators: readonly (readonly [string, string | undefined])[] = [
  ["StringEquals", "string same"],
  ["StringNotEquals", "not string same"],
  ["StringEqualsIgnoreCase", "string same-but-case"],
  ["StringNotEqualsIgnoreCase", "not string same-but-case"],
  ["StringLike", "string like"],
  ["StringNotLike", "not string like"],
  ["NumericEquals", "number ="],
  ["NumericNotEquals", "not number ="],
  ["NumericLessThan", "number <"],
  ["NumericLessThanEquals", "number <="],
  ["NumericGreaterThan", "number >"],
  ["NumericGreaterThanEquals", "number >="],
  ["DateEquals", "date ="],
  ["DateNotEquals", "not date ="],
  ["DateLessThan", "date <"],
  ["DateLessThanEquals", "date <="],
  ["DateGreaterThan", "date >"],
  ["DateGreaterThanEquals", "date >="],
  ["Bool", "bool"],
  ["BinaryEquals", "binary"],
  ["IpAddress", "ip"],
  ["NotIpAddress", "not ip"],
  ["ArnEquals", "arn"],
  ["ArnLike", "arn"],
  ["ArnNotEquals", "not arn"],
  ["ArnNotLike", "not arn"],
  ["Null", "null"],
  ["stringequals", "string same"],
  ["StringLikeIfExists", "string like if exists"],
  ["ForAllValues:StringEquals", "all string same"],
  ["forAnyValue:StringNotLikeIfExists", "any not string like if exists"],
  ["StringNotBegins", undefined],
  ["ForSomeValues:StringEquals", undefined],
  ["NotBool", undefined],
  ["", undefined],
];

describe("condition operators", () => {
  for (const [written, expected] of operators) {
    it(`${written} is ${expected ?? "none"}`, () => {
      assert.equal(told(written), expected);
    });
  }
});

function told(written: string): string | undefined {
  const operator = operatorOf(written);
  if (operator === undefined) return undefined;
  const { test, negated, ifExists, set } = operator;
  const how = test.kind === "string" ? test.as : test.kind === "number" || test.kind === "date" ? test.order : "";
  const words = [set, negated ? "not" : "", test.kind, how, ifExists ? "if exists" : ""];
  return words.filter((word) => word !== undefined && word !== "").join(" ");
}
