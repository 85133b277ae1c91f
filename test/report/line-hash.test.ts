import assert from "node:assert/strict";
import recorded from "../../fixtures/output/line-hashes.json";
import { lineHashes } from "../../src/report/line-hash";

/** Recorded is what `computeRollingHashes` of @microsoft/sarif 5.7.0 gives: `scripts/validators/record-hashes.cjs`. */
describe("line hashes", () => {
  it("are those of Microsoft's library for every recorded text", () => {
    assert.ok(recorded.length > 20);
    for (const { text, hashes } of recorded) {
      assert.deepEqual(
        lineHashes(text).map(({ hash }) => hash),
        hashes,
        JSON.stringify(text),
      );
    }
  });

  it("say where the text ends that they are over", () => {
    const text = `${"a".repeat(60)}\n${"b".repeat(60)}\nc`;
    // The line end counts, so 39 of the second line's characters do.
    assert.deepEqual(
      lineHashes(text).map(({ end }) => end),
      [100, text.length, text.length],
    );
  });
});
