import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report, ReportedFinding, ReportedPrincipal, Subject } from "../src/core/report";
import { rules } from "../rules";
import { lintSources } from "../src/lint";
import { sourcesAt } from "./fixtures";

const root = join(__dirname, "../fixtures/twins");

/** The ways to write a system. SAM is one more for what has functions. */
const dialects = ["main.tf", "main.tf.json", "plan.json", "cdktf.out", "template.yaml", "template.json", "cdk.out"];

/** What a dialect cannot say, and why. */
const unsayable: ReadonlyMap<string, string> = new Map([
  ["group-from-elsewhere/plan.json", "a plan is made with a value for every variable: it says which group it is"],
  ["policy-that-comes-and-goes/plan.json", "a plan is made with a value for every variable: nothing is left to choose"],
]);

/** Rules that have no twins, and why. */
const ofOneDialect: ReadonlyMap<string, string> = new Map([
  ["root-caller-identity", "only a plan or state of Terraform says who made it"],
  ["credential-in-state", "only Terraform keeps what it makes in a state that somebody reads"],
]);

const shared = rules.filter(({ id }) => !ofOneDialect.has(id));

/**
 * `fixtures/twins/<case>` is one system in every dialect, and `model.txt`: who holds what and may do what, and all
 * findings. The text is reviewed by hand; a change of it needs a reason. `cdk.out` and `cdktf.out` are synthesized by
 * `fixtures/cdk/twins.ts` and `fixtures/cdktf/twins.ts`.
 */
describe("twins", () => {
  const cases = readdirSync(root).sort();

  for (const name of cases) {
    const folder = join(root, name);
    const expected = readFileSync(join(folder, "model.txt"), "utf8");
    const files = readdirSync(folder).sort();

    it(`${name} is written in every dialect that can say it`, () => {
      const hasFunctions = readFileSync(join(folder, "template.yaml"), "utf8").includes("AWS::Lambda::Function");
      const wanted = hasFunctions ? [...dialects, "sam.yaml"] : dialects;
      const missing = wanted.filter((file) => !files.includes(file)).map((file) => `${name}/${file}`);
      const excused = [...unsayable.keys()].filter((path) => path.startsWith(`${name}/`));
      assert.deepEqual(missing, excused);
    });

    for (const file of files) {
      if (file === "model.txt") continue;
      it(`${name}/${file} gives the one model`, () => {
        const report = lintSources(sourcesAt(join(folder, file)).sources, { rules: shared });
        assert.deepEqual(report.diagnostics, []);
        assert.equal(modelText(report), expected);
      });
      if (file !== "plan.json") continue;
      it(`${name}/plan.json beside main.tf gives the one model, with the places of the source`, () => {
        const sources = ["main.tf", file].map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
        const report = lintSources(sources, { rules: shared });
        assert.deepEqual(report.diagnostics, []);
        assert.equal(modelText(report), expected);
        for (const { place } of [...report.findings, ...report.undecided]) assert.equal(place.file, "main.tf");
      });
      it(`${name}/plan.json gives the one model where it is so large that most of it is only looked at`, () => {
        const text = readFileSync(join(folder, file), "utf8") + " ".repeat(1_000_000);
        const report = lintSources([{ path: file, text }], { rules: shared });
        assert.equal(modelText(report), expected);
      });
    }
  }

  it("have a finding of every rule that more than one dialect can break", () => {
    const models = cases.map((name) => readFileSync(join(root, name, "model.txt"), "utf8")).join("");
    const missing = rules.map(({ id }) => id).filter((id) => !new RegExp(`^\\w+ ${id}:`, "m").test(models));
    assert.deepEqual(missing.sort(), [...ofOneDialect.keys()].sort());
  });
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
  const path = construct?.replace(/\/Resource$/, "") ?? address.replace(/\.(?:LoginProfile|login_profile)$/, "");
  const last = path.slice(Math.max(path.lastIndexOf("."), path.lastIndexOf("/")) + 1);
  return last.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
