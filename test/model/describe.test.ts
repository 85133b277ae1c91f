import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lintSources } from "../../src/lint";

const folder = join(__dirname, "../../fixtures/rules/console-user-list-users");

describe("the principals of a report", () => {
  const expected = [
    "mail: iam:CreateAccessKey, iam:CreateUser, ses:*",
    "watch: ses:BatchGetMetricData, ses:Get*, ses:List*",
    "admin: *",
  ];
  for (const file of ["fail-permission-set.tf", "fail-permission-set.yaml"]) {
    it(`are permission sets, too: ${file}`, () => {
      const text = readFileSync(join(folder, file), "utf8");
      const { principals } = lintSources([{ path: file, text }]);
      const told = principals.map(({ name, allowed }) => `${name}: ${[...allowed].sort().join(", ")}`);
      assert.deepEqual(told.slice(0, expected.length), expected);
      for (const { uses } of principals) {
        assert.deepEqual(
          uses.map(({ use }) => use),
          ["console"],
        );
      }
    });
  }
});
