import assert from "node:assert/strict";
import { Secret } from "../../../src/core/secret";
import { madeOf, smtpPassword, smtpPasswordVersion2 } from "../../../src/model/credentials/smtp-password";

/** The example key of AWS's documentation, and the passwords that its own program makes of it. */
const secret = new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
const vectors: readonly (readonly [string, string])[] = [
  ["us-east-1", "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"],
  ["eu-central-1", "BF0/eIJm0ruTHsSjOkRuOGzGF+zeSyE3aiRzrzUQ8LwG"],
];
const version2 = new Secret("An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy");

describe("SMTP passwords", () => {
  for (const [region, password] of vectors) {
    it(`are made for ${region}`, () => {
      assert.ok(smtpPassword(secret, region).equals(new Secret(password)));
    });

    it(`say that they are for ${region}`, () => {
      assert.deepEqual(madeOf(secret, new Secret(password)), { kind: "version-4", region });
    });
  }

  it("of version 2 are the same everywhere", () => {
    assert.ok(smtpPasswordVersion2(secret).equals(version2));
    assert.deepEqual(madeOf(secret, version2), { kind: "version-2" });
  });

  it("are told for a region that only the input knows", () => {
    const password = smtpPassword(secret, "moon-north-1");
    assert.equal(madeOf(secret, password), undefined);
    assert.deepEqual(madeOf(secret, password, ["moon-north-1"]), { kind: "version-4", region: "moon-north-1" });
  });

  it("of another secret are none", () => {
    assert.equal(madeOf(new Secret("another"), smtpPassword(secret, "eu-west-1")), undefined);
  });

  it("are not printed", () => {
    assert.equal(JSON.stringify([smtpPassword(secret, "eu-west-1")]), '["***"]');
  });
});
