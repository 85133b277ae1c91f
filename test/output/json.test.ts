import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020";
import schema from "../../docs/schema/report-v1.json";
import { renderJson } from "../../src/output/json";
import type { Evidence } from "../../src/report/evidence";
import { makeReport } from "../../src/report/report";
import { evidenceOf } from "../report/evidence";
import { example } from "./example";

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile<object>(schema);

function parsed(evidence: Evidence): object {
  const value: unknown = JSON.parse(renderJson(makeReport(evidence)));
  assert.ok(validate(value), JSON.stringify(validate.errors));
  return value;
}

describe("json", () => {
  it("is what the published schema says, for the example and for a run without anything", () => {
    parsed(example);
    parsed(evidenceOf([]));
  });

  it("has every property of the contract", () => {
    for (const property of [
      ...["format", "outcome", "complete", "files", "diagnostics", "findings", "undecided", "unresolved"],
      ...["principals", "limits", "config", "suppressed", "statistics"],
    ]) {
      assert.ok(property in parsed(example), property);
    }
  });

  it("has nothing that the schema does not name", () => {
    assert.ok(!validate({ ...parsed(example), surprise: 1 }));
    assert.ok(!validate({ ...parsed(example), outcome: "fine" }));
  });

  it("does not depend on the order of files, rules' findings or principals", () => {
    const reversed: Evidence = {
      ...example,
      findings: [...example.findings].reverse(),
      files: [...example.files].reverse(),
      diagnostics: [...example.diagnostics].reverse(),
      principals: [...example.principals].reverse(),
      sources: new Map([...example.sources].reverse()),
    };
    assert.deepEqual(parsed(reversed), parsed(example));
  });
});
