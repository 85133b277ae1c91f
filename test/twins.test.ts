import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report, ReportedFinding, ReportedPrincipal, Subject } from "../src/core/report";
import { rules } from "../rules";
import { lintSources } from "../src/lint";
import { lintFixture } from "./fixtures";

const root = join(__dirname, "../fixtures/twins");

/**
 * `fixtures/twins/<case>` is one system in every dialect, and `model.txt`: who holds what and may do what, and all
 * findings. The text is reviewed by hand; a change of it needs a reason. `cdk.out` and `cdktf.out` are synthesized by
 * `fixtures/cdk/twins.ts` and `fixtures/cdktf/twins.ts`.
 */
describe("twins", () => {
  for (const name of readdirSync(root).sort()) {
    const expected = readFileSync(join(root, name, "model.txt"), "utf8");
    for (const file of readdirSync(join(root, name)).sort()) {
      if (file === "model.txt") continue;
      it(`${name}/${file} gives the one model`, () => {
        const { report } = lintFixture(join(root, name, file));
        assert.deepEqual(report.diagnostics, []);
        assert.equal(modelText(report), expected);
      });
      if (file !== "plan.json") continue;
      it(`${name}/plan.json beside main.tf gives the one model, with the places of the source`, () => {
        const sources = ["main.tf", file].map((path) => ({ path, text: readFileSync(join(root, name, path), "utf8") }));
        const report = lintSources(sources, { rules: rules.filter(({ off }) => off !== true) });
        assert.deepEqual(report.diagnostics, []);
        assert.equal(modelText(report), expected);
        for (const { place } of [...report.findings, ...report.undecided]) assert.equal(place.file, "main.tf");
      });
      it(`${name}/plan.json gives the one model where it is so large that most of it is only looked at`, () => {
        const text = readFileSync(join(root, name, file), "utf8") + " ".repeat(1_000_000);
        const report = lintSources([{ path: file, text }], { rules: rules.filter(({ off }) => off !== true) });
        assert.equal(modelText(report), expected);
      });
    }
  }
});

function modelText(report: Report): string {
  const names = new Map(report.principals.map(({ address, name }) => [address, name]));
  const findings = [
    ...report.findings.map((finding) => findingText(finding.level, finding, names)),
    ...report.undecided.map((finding) => findingText("open", finding, names)),
  ];
  return [...report.principals.map(principalText).sort(), ...findings.sort()].join("");
}

function principalText({ name, uses, credentials, maySend, allowed, unknown }: ReportedPrincipal): string {
  const lines = [
    `user ${name}`,
    ...uses.map(({ use, strength }) => `  ${use} user, ${strength}`),
    ...credentials.map(({ kind }) => `  holds ${kind}`).sort(),
    `  may send: ${maySend}`,
    ...[...allowed].sort().map((pattern) => `  allowed ${pattern}`),
    ...(unknown.length > 0 ? ["  more is unknown"] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** A finding is about a principal by its name, or about another resource by what it is called. */
function findingText(level: string, { rule, subjects }: ReportedFinding, names: ReadonlyMap<string, string>): string {
  const about = subjects.map((subject) => names.get(subject.address) ?? plainName(subject)).sort();
  return `${level} ${rule}: ${about.join(", ")}\n`;
}

/** `aws_iam_access_key.mail_key`, `MailKey` and the construct `Stack/MailKey/Resource` are one resource. */
function plainName({ address, construct }: Subject): string {
  const path = construct?.replace(/\/Resource$/, "") ?? address;
  const last = path.slice(Math.max(path.lastIndexOf("."), path.lastIndexOf("/")) + 1);
  return last.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
