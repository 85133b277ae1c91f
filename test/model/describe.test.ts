import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lintSources } from "../../src/lint";

const folder = join(__dirname, "../../fixtures/rules/console-user-list-users");

describe("the principals of a report", () => {
  for (const [file, expected] of [
    ["fail-permission-set.tf", ["mail: ses:*, iam:CreateUser, iam:CreateAccessKey", "watch: ses:Get*", "admin: *"]],
    ["fail-permission-set.yaml", ["mail: ses:*, iam:CreateUser, iam:CreateAccessKey", "watch: ses:Get*", "admin: *"]],
  ] as const) {
    it(`are permission sets, too: ${file}`, () => {
      const text = readFileSync(join(folder, file), "utf8");
      const { principals } = lintSources([{ path: file, text }]);
      const told = principals.map(({ name, allowed }) => `${name}: ${allowed.join(", ")}`);
      for (const [i, start] of expected.entries()) assert.ok(told[i]?.startsWith(start), told[i]);
      for (const { uses } of principals)
        assert.deepEqual(
          uses.map(({ use }) => use),
          ["console"],
        );
    });
  }
});
