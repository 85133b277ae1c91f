import type { RenderOptions } from "../../src/output/format";
import { describeDiagnostics, formats, summarize } from "../../src/output";
import { makeReport } from "../../src/report/report";
import { golden } from "../golden";
import { example, plainOptions } from "./example";

const report = makeReport(example);

const renderings: readonly (readonly [string, string, RenderOptions])[] = [
  ["full", "full.txt", plainOptions],
  ["full", "full-color.txt", { ...plainOptions, color: true }],
  ["full", "full-ascii.txt", { ...plainOptions, unicode: false }],
  ["full", "full-narrow.txt", { ...plainOptions, width: 60 }],
  ["concise", "concise.txt", plainOptions],
  ["json", "report.json", plainOptions],
  ["sarif", "report.sarif", plainOptions],
];

describe("formats", () => {
  for (const [name, file, options] of renderings) {
    it(`${name} renders the example as ${file}`, () => {
      const format = formats.find((one) => one.name === name);
      golden(`fixtures/output/${file}`, format?.render(report, options) ?? "");
    });
  }

  it("tells problems and the summary apart from the findings", () => {
    golden("fixtures/output/stderr.txt", `${describeDiagnostics(report, plainOptions)}${summarize(report)}\n`);
  });
});
