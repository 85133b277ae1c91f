import assert from "node:assert/strict";
import { allAtOnce, when, type Guard } from "../../../src/core/guard";
import { isDeployed } from "../../../src/model/permissions/refusals";
import { modelWith } from "../build";

function all(...guards: readonly Guard[]): Guard {
  return allAtOnce(guards) ?? assert.fail("They exclude each other.");
}

const [a, notA] = [when("a", true), when("a", false)];
const [b, notB] = [when("b", true), when("b", false)];

describe("what the input refuses", () => {
  const table: readonly (readonly [string, readonly Guard[], boolean])[] = [
    ["nothing", [], true],
    ["what the guard says", [a], false],
    ["the opposite", [notA], true],
    ["a part of it", [all(a, b)], true],
    ["all parts of it", [all(a, b), all(a, notB)], false],
    ["all of it by way of others", [all(a, b), notB], false],
    ["what it has nothing to do with", [b], true],
    ["everything", [[]], false],
    ["everything, of what it has nothing to do with", [b, notB], false],
    ["what hundreds of others hang on", Array.from({ length: 500 }, (_, i) => when(`other${i}`, true)), true],
    [
      "what hundreds of others hang on, and itself",
      [...Array.from({ length: 500 }, (_, i) => when(`other${i}`, true)), a],
      false,
    ],
  ];
  for (const [what, refused, expected] of table) {
    it(`leaves a world, or none: ${what}`, () => {
      assert.equal(isDeployed(modelWith({ refused }), a), expected);
    });
  }
});
