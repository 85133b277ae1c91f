import assert from "node:assert/strict";
import type { FileOutcome, Outcome } from "../../src/core/report";
import { summarize } from "../../src/output";
import type { Evidence } from "../../src/report/evidence";
import { makeReport } from "../../src/report/report";
import { asked, evidenceOf, found, placeOf } from "./evidence";

const source = { path: "a.tf", text: `Action = "ses:*"\n` };
const at = placeOf(source, "ses:*");
const file = (status: FileOutcome["status"]): FileOutcome => ({ path: `${status}.tf`, status });
const unread: Evidence["diagnostics"] = [{ kind: "unreadable", file: "x.tf", message: "It cannot be opened." }];
const unresolved: Evidence["diagnostics"] = [{ kind: "unresolved", file: "x.tf", message: "module.x is not here." }];

const runs: readonly (readonly [string, Partial<Evidence>, Outcome, string])[] = [
  ["all read, nothing found", {}, "clean", "clean; 1 file read"],
  ["nothing to lint", { files: [file("not-iac")] }, "nothing", "nothing to lint; 0 files read"],
  ["a finding", { findings: [found(at)] }, "findings", "1 error; 1 file read"],
  ["a question", { findings: [asked(at)] }, "undecided", "no findings, 1 undecided; 1 file read"],
  ["a finding and a question", { findings: [found(at), asked(at)] }, "findings", "1 error, 1 undecided; 1 file read"],
  [
    "a file that cannot be read",
    { diagnostics: unread },
    "incomplete",
    "no findings; 1 file read; not everything could be analysed",
  ],
  [
    "a file that failed without a word",
    { files: [file("analysed"), file("failed")] },
    "incomplete",
    "no findings; 1 file read, 1 file not read; not everything could be analysed",
  ],
  [
    "a file that was read in part",
    { files: [file("analysed"), file("partial")] },
    "incomplete",
    "no findings; 2 files read (1 in part); not everything could be analysed",
  ],
  [
    "a finding, and a file that failed",
    { findings: [found(at)], files: [file("analysed"), file("failed")] },
    "findings-incomplete",
    "1 error; 1 file read, 1 file not read; not everything could be analysed",
  ],
  ["something outside the input", { diagnostics: unresolved }, "clean", "clean; 1 file read"],
];

describe("outcome", () => {
  for (const [what, evidence, outcome, summary] of runs) {
    it(`is "${outcome}" for ${what}`, () => {
      const report = makeReport(evidenceOf([source], evidence));
      assert.equal(report.outcome, outcome);
      assert.equal(summarize(report), summary);
    });
  }
});
