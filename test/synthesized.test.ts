import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { lintSources } from "../src/lint";
import { concise } from "../src/output/concise";
import { lintFixture } from "./fixtures";
import { golden } from "./golden";
import { plainOptions } from "./output/example";

const fixtures = join(__dirname, "../fixtures");

/** What the apps in `fixtures/cdk` and `fixtures/cdktf` are synthesized to; their comments say what is wrong in them. */
describe("Synthesized apps", () => {
  for (const output of ["cdk/cdk.out", "cdktf/cdktf.out"]) {
    it(`${output} has the findings that its app's comments speak of`, () => {
      const { report } = lintFixture(join(fixtures, output));
      assert.deepEqual(report.diagnostics, []);
      golden(`fixtures/${output.replace(/\/.*/, "")}/report.txt`, concise.render(report, plainOptions));
    });
  }

  it("cdk/cdk.out beside its app has them where the app makes what is wrong", () => {
    const cdk = join(fixtures, "cdk");
    const paths = ["app.ts", ...fastGlob.sync("cdk.out/**/*", { cwd: cdk }).sort()];
    const report = lintSources(paths.map((path) => ({ path, text: readFileSync(join(cdk, path), "utf8") })));
    golden("fixtures/cdk/report-beside-the-app.txt", concise.render(report, plainOptions));
  });

  const outputs = fastGlob.sync("{.,demo/*,twins/*}/{cdk,cdktf,cdk/cdk,cdktf/cdktf}.out", {
    cwd: fixtures,
    onlyDirectories: true,
    ignore: ["**/node_modules/**"],
  });
  for (const output of outputs.sort()) {
    it(`${output}: every finding names its construct`, () => {
      const { findings, undecided } = lintFixture(join(fixtures, output)).report;
      const subjects = [...findings, ...undecided].flatMap((finding) => finding.subjects);
      assert.deepEqual(
        subjects.filter(({ construct }) => construct === undefined),
        [],
      );
    });
  }
});
