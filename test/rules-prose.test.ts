import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../rules";
import { meetings } from "../scripts/other-scanners";
import { pagesFolder, rulePages } from "../scripts/docs";

const document = readFileSync(join(__dirname, "../fixtures/documents/credentials-and-ses.txt"), "utf8");

describe("what rules say of themselves", () => {
  for (const rule of rules) {
    it(`${rule.id} quotes the document exactly`, () => {
      const quotes = rule.sources.filter(({ url }) => url.includes("credentials-and-ses"));
      for (const { text } of quotes) assert.ok(document.includes(text), text);
    });

    it(`${rule.id} has prose in the project's form`, () => {
      assert.match(rule.id, /^[a-z]+(?:-[a-z]+)+$/);
      assert.match(rule.title, /^[A-Z][^.]*$/);
      assert.match(rule.why, /\.$/);
      assert.match(rule.fix, /^(?:Add|Allow|Create|Give|Put|Remove|Replace|Set) .*\.$/);
      assert.ok(rule.sources.length > 0);
      assert.ok(rule.never.length > 0);
      assert.ok(["very-high", "high", "medium", "low"].includes(rule.precision));
      assert.ok(rule.securitySeverity > 0 && rule.securitySeverity <= 10 && rule.securitySeverity !== 9);
    });
  }

  it("has one file a rule, in the order of the list", () => {
    const files = readdirSync(join(__dirname, "../rules"));
    assert.deepEqual(files.sort(), [...rules.map(({ id }) => `${id}.ts`), "index.ts"].sort());
  });

  it("is told of no rule that there is not, where other scanners look at the same", () => {
    const ids = rules.map(({ id }) => id);
    const told = meetings.flatMap(({ rules: ours }) => ours);
    assert.deepEqual(
      [...new Set(told)].filter((id) => !ids.includes(id)),
      [],
    );
  });

  it("has the pages that rules and fixtures make", () => {
    const pages = rulePages();
    assert.deepEqual(readdirSync(pagesFolder).sort(), [...pages.keys()].sort());
    for (const [name, text] of pages) {
      assert.equal(readFileSync(join(pagesFolder, name), "utf8"), text, `docs/rules/${name}: npx tsx scripts/docs.ts`);
    }
  });
});
