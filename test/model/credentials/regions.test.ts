import assert from "node:assert/strict";
import { concat, text, unknown } from "../../../src/core/text";
import type { Truth } from "../../../src/core/truth";
import type { Text, Value } from "../../../src/core/value";
import { isSameRegion } from "../../../src/model/credentials/regions";
import { span } from "../build";

const known = (characters: string): Text => text(characters, span(0));
const reference = (id: string): Text => ({
  kind: "text",
  at: span(1),
  pieces: [{ kind: "hole", unknown: unknown("no-default", id, span(1), { id }) }],
});
const attribute = (address: string): Value =>
  unknown("data-source", `data.${address}`, span(1), { ref: { address, attribute: "region" } });
const nameless = unknown("no-default", "a value", span(2));
const joined = (...parts: readonly Text[]): Text => concat(parts, span(3));

const cases: readonly (readonly [string, Value, Value, Truth])[] = [
  ["the same characters", known("eu-west-1"), known("eu-west-1"), "yes"],
  ["characters in another case", known("EU-West-1"), known("eu-west-1"), "yes"],
  ["other characters", known("eu-west-1"), known("eu-west-2"), "no"],
  ["characters of which one are the start", known("eu-west-1"), known("eu-west-11"), "no"],
  ["characters that are the start and the end of others", known("eu"), known("eu-eu"), "no"],
  ["one reference", reference("var.region"), reference("var.region"), "yes"],
  ["one reference, alone and in a text", unknown("no-default", "r", span(4), { id: "r" }), reference("r"), "yes"],
  ["two references", reference("var.a"), reference("var.b"), "maybe"],
  ["a reference and characters", reference("var.a"), known("eu-west-1"), "maybe"],
  ["what nobody could compare, twice", nameless, nameless, "maybe"],
  ["one attribute of a resource", attribute("a"), attribute("a"), "yes"],
  ["one attribute of two resources", attribute("a"), attribute("b"), "maybe"],
  ["another start", joined(known("us-"), reference("var.a")), known("eu-west-1"), "no"],
  ["another end", joined(reference("var.a"), known("-west-1")), known("eu-central-1"), "no"],
  ["a start that fits", joined(known("eu-"), reference("var.a")), known("eu-west-1"), "maybe"],
  ["a start in another case", joined(known("EU-"), reference("var.a")), known("eu-west-1"), "maybe"],
  ["an end that fits", joined(reference("var.a"), known("-west-1")), known("eu-west-1"), "maybe"],
  ["an end in another case", joined(reference("var.a"), known("-WEST-1")), known("eu-west-1"), "maybe"],
  ["two starts", joined(known("us-"), reference("var.a")), joined(known("eu-"), reference("var.a")), "no"],
];

describe("regions", () => {
  for (const [name, a, b, expected] of cases) {
    it(`are compared: ${name}`, () => {
      assert.equal(isSameRegion(a, b), expected);
      assert.equal(isSameRegion(b, a), expected);
    });
  }
});
