import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report, ReportedBecause, ReportedFinding } from "../src/core/report";
import { rules } from "../rules";
import { lintFixture, type Fixture } from "./fixtures";
import { golden, isUpdate, recordedIn } from "./golden";

const root = join(__dirname, "../fixtures/rules");

/**
 * `fixtures/rules/<rule>/{fail,pass,open}*` is a file or a folder. Every finding of every rule is marked on the line
 * where it starts, as `# want <rule> [<level>]` or `# want open <rule>`, several with a semicolon between; where the
 * language has no comments, in `want.txt` beside it, as `<path>:<line> <rule> [<level>]`.
 */
const cases = readdirSync(root)
  .sort()
  .flatMap((rule) =>
    readdirSync(join(root, rule))
      .sort()
      .map((name) => ({ rule, name, path: join(root, rule, name) })),
  );

/** Only a plan or state tells what these ask for: their fixtures are folders with a `plan.json`. */
const ofPlans: ReadonlySet<string> = new Set(["root-caller-identity"]);

/** Other dialects keep no state. */
const ofTerraform: ReadonlySet<string> = new Set(["credential-in-state"]);

/** Rules that nothing in a template leaves open, and why. */
const decidedInTemplates: ReadonlyMap<string, string> = new Map([
  ["smtp-temporary-credentials", "only Vault's provider hands out credentials of either kind"],
  ["smtp-user-console-login", "a login profile is a property of its user"],
]);

const goldenFile = "fixtures/rules.txt";

/** What the golden file says of each fixture, so that a difference is one of a fixture. */
const recorded = new Map<string, string[]>();
for (const [told, fixture = ""] of recordedIn(goldenFile).matchAll(/^(\S+) .*(?:\n {4}.*)+$/gm)) {
  recorded.set(fixture, [...(recorded.get(fixture) ?? []), told]);
}

describe("rules", () => {
  const entries = new Map<string, readonly string[]>();

  for (const { rule, name, path } of cases) {
    it(`${rule}: ${name} has the findings that are marked, and no others`, () => {
      const fixture = lintFixture(path, rule);
      const own = entriesOf(`${rule}/${name}`, fixture.report);
      entries.set(`${rule}/${name}`, own);
      assert.deepEqual(fixture.report.diagnostics, []);
      assert.deepEqual(told(fixture.report), wanted(fixture));
      if (!isUpdate) assert.deepEqual(own, recorded.get(`${rule}/${name}`) ?? []);
    });
  }

  for (const { id, openWhen } of rules) {
    const own = cases.filter(({ rule }) => rule === id).map(({ name }) => name);

    const dialects = ofPlans.has(id) ? "a plan" : ofTerraform.has(id) ? "Terraform" : "Terraform and in CloudFormation";
    it(`${id} fails and passes in ${dialects}`, () => {
      for (const kind of ["fail", "pass"]) {
        for (const extension of ofPlans.has(id) ? [""] : ofTerraform.has(id) ? [".tf"] : [".tf", ".yaml"]) {
          assert.ok(own.includes(`${kind}${extension}`), `${kind}${extension} is missing`);
        }
      }
    });

    it(`${id} is open where it says that it can be`, () => {
      const never = openWhen.startsWith("never");
      const isDecided = never || ofTerraform.has(id) || decidedInTemplates.has(id);
      assert.equal(own.includes("open.tf"), !never, "open.tf");
      assert.equal(own.includes("open.yaml"), !isDecided, "open.yaml");
    });
  }

  it("says what the golden file says, on every fixture", () => {
    assert.equal(entries.size, cases.length, "Fixtures were left out: the golden file is that of all.");
    golden(goldenFile, `${[...entries.values()].flat().join("\n")}\n`);
  });
});

function entriesOf(fixture: string, { findings, undecided }: Report): readonly string[] {
  return [
    ...findings.map((finding) => entry(fixture, finding.level, finding)),
    ...undecided.map((finding) => entry(fixture, "open", finding, finding.because)),
  ];
}

/** What is told, what to do, the way there, and what is unknown: a line each. */
function entry(
  fixture: string,
  level: string,
  { place, rule, message, fix, steps }: ReportedFinding,
  because: readonly ReportedBecause[] = [],
): string {
  return [
    `${fixture} ${placeText(place)}: ${level} ${rule} ${message}`,
    `    ${fix}`,
    ...steps.map((step) => `      ${placeText(step.place)} ${step.message}`),
    ...because.map((one) => `      ${placeText(one.place)} not known: ${one.what}`),
  ].join("\n");
}

function placeText({ file, start }: ReportedFinding["place"]): string {
  return `${file}:${start.line}:${start.column}`;
}

function told({ findings, undecided }: Report): readonly string[] {
  return [
    ...findings.map(({ place, rule, level }) => `${place.file}:${place.start.line} ${rule} ${level}`),
    ...undecided.map(({ place, rule }) => `${place.file}:${place.start.line} open ${rule}`),
  ].sort();
}

function wanted({ sources, folder }: Fixture): readonly string[] {
  const marked = sources.flatMap((source) =>
    source.text.split("\n").flatMap((text, i) => {
      const mark = /# want (.*)$/.exec(text)?.[1];
      const marks = mark?.split(";").map((one) => one.trim().replace(/^want /, "")) ?? [];
      return marks.map((one) => `${source.path}:${i + 1} ${withLevel(one)}`);
    }),
  );
  const listed = folder === undefined ? [] : listedIn(folder);
  return [...marked, ...listed].sort();
}

function listedIn(folder: string): readonly string[] {
  if (!readdirSync(folder).includes("want.txt")) return [];
  const lines = readFileSync(join(folder, "want.txt"), "utf8").trim().split("\n");
  return lines.map((one) => {
    const space = one.indexOf(" ");
    return `${one.slice(0, space)} ${withLevel(one.slice(space + 1))}`;
  });
}

/** A mark without a level has that of the rule. */
function withLevel(mark: string): string {
  if (mark.startsWith("open ") || mark.includes(" ")) return mark;
  return `${mark} ${rules.find(({ id }) => id === mark)?.level ?? "?"}`;
}
