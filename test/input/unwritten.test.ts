import assert from "node:assert/strict";
import type { Diagnostic } from "../../src/core/diagnostic";
import { Secret } from "../../src/core/secret";
import { tableNames } from "../../src/model/credentials/setting-names";
import { readJson } from "../../src/core/json";
import { recordedFile } from "../../src/input/terraform/plan/record";
import { unwrittenBeside } from "../../src/input/terraform/plan/unwritten";

describe("what nobody is known to have written", () => {
  it("is all of what is over the limit, which is reported once", () => {
    const text = '{"format_version": "1.2", "planned_values": {"root_module": {}}, "configuration": {}}';
    const read = readJson({ path: "plan.json", text });
    assert.ok(read.kind === "value");
    const large = `${text}${" ".repeat(100_000_000)}`;
    const file = recordedFile({ path: "plan.json", text: large }, read.value, tableNames);
    assert.ok(file !== undefined);
    const reported: Diagnostic[] = [];
    const isUnwritten = unwrittenBeside(file, { handed: [], sources: () => [] }, (one) => reported.push(one));
    const answers = Array.from({ length: 300 }, () => isUnwritten(new Secret("AKIAQ7J2XWPLN5MVD3RT")));
    assert.equal(answers.indexOf(true), 199);
    assert.deepEqual(
      reported.map(({ kind, limit, file: path }) => [kind, limit, path]),
      [["limit", "writtenTries", "plan.json"]],
    );
  });
});
