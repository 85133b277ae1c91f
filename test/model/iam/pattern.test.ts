import assert from "node:assert/strict";
import fc from "fast-check";
import { text, unknown } from "../../../src/core/text";
import type { Truth } from "../../../src/core/truth";
import type { Text } from "../../../src/core/value";
import { mayMatch } from "../../../src/model/iam/may-match";
import { serviceField, widenField } from "../../../src/model/iam/arn-pattern";
import { resourcePattern } from "../../../src/model/iam/item-pattern";
import { hardWords, literalPattern, patternOf, type Pattern } from "../../../src/model/iam/pattern";
import { covers, meetOf, overlaps } from "../../../src/model/iam/pattern-relations";
import type { PatternItem } from "../../../src/model/iam/policy";

const at = { file: "a.tf", start: 0, end: 1 };

/** Independent of the code under test: the language by the engine's regular expressions, over all short words. */
function regexOf(pattern: string): RegExp {
  const body = Array.from(pattern, (c) => (c === "*" ? "[^]*" : c === "?" ? "[^]" : c.replace(/[$.{}]/g, "\\$&")));
  return new RegExp(`^${body.join("")}$`);
}

const words = (() => {
  const result = [""];
  for (let i = 0, end = 0; i < 7; i++) {
    const start = end;
    end = result.length;
    for (let k = start; k < end; k++) for (const c of "abc") result.push(`${result[k] ?? ""}${c}`);
  }
  return result;
})();

const smallPattern = fc.string({ unit: fc.constantFrom("a", "b", "?", "*"), maxLength: 4 });

describe("IAM patterns", () => {
  const table: readonly (readonly [string, string, "yes" | "no", "yes" | "no"])[] = [
    // a, b, overlaps, a covers b
    ["ses:*", "ses:SendRawEmail", "yes", "yes"],
    ["ses:Send*", "ses:SendRaw*", "yes", "yes"],
    ["ses:SendRaw*", "ses:Send*", "yes", "no"],
    ["ses:SendEmail*", "ses:SendRawEmail", "no", "no"],
    ["*", "ses:SendRawEmail", "yes", "yes"],
    ["ses:S?ndRawEmail", "ses:SendRawEmail", "yes", "yes"],
    ["ses:*Email", "ses:SendRaw*", "yes", "no"],
    ["?*", "*?", "yes", "yes"],
    ["a?*b", "a*?b", "yes", "yes"],
    ["a?*b", "a*b", "yes", "no"],
    ["*a*b*", "*ab*", "yes", "yes"],
    ["a?c", "a*c", "yes", "no"],
    ["", "", "yes", "yes"],
    ["", "*", "yes", "no"],
    ["arn:*:ses:*:*:identity/*", "arn:aws:ses:eu-west-1:1:identity/a.org", "yes", "yes"],
    ["arn:*:ses:*:*:identity/*", "ses:SendRawEmail", "no", "no"],
    ["arn:*:ses:*:*:identity/*", "arn:aws:s3:::bucket", "no", "no"],
  ];
  for (const [a, b, meeting, covering] of table) {
    it(`${a} and ${b}: overlap ${meeting}, cover ${covering}`, () => {
      assert.equal(overlaps(literalPattern(a), literalPattern(b)), meeting);
      assert.equal(overlaps(literalPattern(b), literalPattern(a)), meeting);
      assert.equal(covers(literalPattern(a), literalPattern(b)), covering);
    });
  }

  it("may match, by a quick look, whatever it matches; a name that begins or goes on in another way it does not", () => {
    fc.assert(
      fc.property(smallPattern, (a) => {
        const matches = regexOf(a);
        const may = mayMatch(literalPattern(a));
        for (const word of words) assert.ok(!matches.test(word) || may(word), word);
      }),
    );
    const identities = mayMatch(literalPattern("ses:*identity*"));
    assert.deepEqual(["ses:getidentity", "ses:identity", "ses:getidentit", "iam:identity"].map(identities), [
      true,
      true,
      false,
      false,
    ]);
    assert.equal(mayMatch(literalPattern("ses:*identity*identity"))("ses:getidentity"), false);
  });

  it("agrees with all words of up to seven letters", () => {
    fc.assert(
      fc.property(smallPattern, smallPattern, (a, b) => {
        const inA = regexOf(a);
        const inB = regexOf(b);
        const ofB = words.filter((word) => inB.test(word));
        const answer = [overlaps(literalPattern(a), literalPattern(b)), covers(literalPattern(a), literalPattern(b))];
        const expected = [ofB.some((word) => inA.test(word)), ofB.every((word) => inA.test(word))];
        assert.deepEqual(
          answer,
          expected.map((value) => (value ? "yes" : "no")),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("meets in texts that both match, in all of them where it says so", () => {
    fc.assert(
      fc.property(smallPattern, smallPattern, (a, b) => {
        const met = meetOf(literalPattern(a), literalPattern(b));
        const both = words.filter((word) => regexOf(a).test(word) && regexOf(b).test(word));
        assert.equal(met === undefined, both.length === 0);
        if (met === undefined) return;
        for (const word of words) {
          const inMet: boolean = overlaps(met.pattern, literalPattern(word)) === "yes";
          if (inMet || met.exact) assert.equal(inMet, both.includes(word), word);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("meets ARNs field by field", () => {
    const met = meetOf(literalPattern("arn:aws:ses:*:123456789012:*"), literalPattern("arn:*:ses:*:*:identity/*"));
    assert.deepEqual(met, { pattern: literalPattern("arn:aws:ses:*:123456789012:identity/*"), exact: true });
  });

  const meeting: readonly (readonly [string, string, string, boolean])[] = [
    ["a?*", "?b*c", "ab*c", false],
    ["?b*c", "a?*", "ab*c", false],
    ["*a", "b*", "b*a", false],
    ["*a*", "b*", "b*a*", false],
    ["a*c", "a*b*c", "a*b*c", true],
    ["*ab", "b*", "b*ab", false],
  ];
  for (const [a, b, expected, exact] of meeting) {
    it(`meets ${a} and ${b} in ${expected}`, () => {
      const met = meetOf(literalPattern(a), literalPattern(b));
      assert.deepEqual(met, { pattern: literalPattern(expected), exact });
    });
  }

  it("reads as an ARN only what starts as one, and leaves the colons of its resource alone", () => {
    for (const other of ["brn:aws:s3:::a", "axn:aws:s3:::a", "arx:aws:s3:::a", "arnx:aws:s3:::a"]) {
      assert.deepEqual(widenField(literalPattern(other), 1), literalPattern(other));
    }
    for (const [written, service, widened] of [
      ["arn:aws:ses:*", "ses", "arn:*:ses:*:*:*"],
      ["arn:aws:ses", undefined, "arn:aws:ses"],
      ["arn:*:s*", undefined, "arn:*:s*"],
      ["arn:aws:s?s:*:*:x", undefined, "arn:*:s?s:*:*:x"],
    ] as const) {
      assert.equal(serviceField(literalPattern(written)), service, written);
      assert.deepEqual(widenField(literalPattern(written), 1), literalPattern(widened), written);
    }
    const group = literalPattern("arn:aws:logs:eu-west-1:1:log-group:a:*");
    assert.equal(serviceField(group), "logs");
    assert.deepEqual(widenField(group, 1), literalPattern("arn:*:logs:eu-west-1:1:log-group:a:*"));
  });

  it("does not know a text that another function encodes", () => {
    const encoded: Text = {
      kind: "text",
      at,
      pieces: [{ kind: "encoded", format: "json", value: { kind: "null", at }, at }],
    };
    const [hole, ...others] = patternOf(encoded, "keep");
    assert.ok(typeof hole === "object" && others.length === 0);
    assert.equal(hole.because.reason.what, "json in a pattern");
  });

  it("gives hard words that the pattern itself matches", () => {
    fc.assert(
      fc.property(smallPattern, (a) => {
        for (const word of hardWords(literalPattern(a))) assert.equal(covers(literalPattern(a), word), "yes");
      }),
    );
  });

  it("widens one field of an ARN", () => {
    const pattern = literalPattern("arn:aws:ses:eu-west-1:1:identity/a.org");
    assert.deepEqual(widenField(pattern, 1), literalPattern("arn:*:ses:eu-west-1:1:identity/a.org"));
    assert.deepEqual(widenField(literalPattern("*"), 1), literalPattern("*"));
  });

  it("is quick on patterns that are hard for backtracking", () => {
    const hard = literalPattern("*a".repeat(500) + "b");
    const long = literalPattern("a".repeat(2000));
    assert.equal(overlaps(hard, long), "no");
    assert.equal(covers(hard, long), "no");
  });
});

describe("patterns with holes", () => {
  const region = unknown("no-default", "var.region", at, { id: "var.region" });
  const other = unknown("no-default", "var.other", at);

  function pattern(...parts: readonly (string | typeof region)[]) {
    const pieces = parts.flatMap((part): Text["pieces"] =>
      typeof part === "string" ? text(part, at).pieces : [{ kind: "hole", unknown: part }],
    );
    return patternOf({ kind: "text", pieces, at }, "keep", true);
  }

  const identities = literalPattern("arn:*:ses:*:*:identity/*");

  it("surely overlap where a star takes whatever fills them", () => {
    assert.equal(overlaps(pattern("arn:aws:ses:", region, ":1:identity/a.org"), identities), "yes");
    assert.equal(covers(identities, pattern("arn:aws:ses:", region, ":1:identity/", other)), "yes");
  });

  it("may overlap where a literal would have to fill them", () => {
    assert.equal(overlaps(pattern(other), identities), "maybe");
    assert.equal(overlaps(pattern("arn:aws:ses:eu-west-1:1:", other), identities), "maybe");
  });

  it("surely do not overlap where the known parts differ", () => {
    assert.equal(overlaps(pattern("arn:aws:s3:::", other), identities), "no");
    assert.equal(covers(pattern("arn:aws:s3:::", other), identities), "no");
  });

  it("are the same where they have the same id, and only then", () => {
    assert.equal(covers(pattern("arn:", region), pattern("arn:", region)), "yes");
    assert.equal(covers(pattern("arn:", other), pattern("arn:", unknown("no-default", "var.other", at))), "maybe");
  });

  it("cover nothing for sure but themselves", () => {
    assert.equal(covers(pattern("ses:", other), literalPattern("ses:SendRawEmail")), "maybe");
    assert.equal(covers(pattern("ses:?", other), literalPattern("ses:")), "no");
  });

  it("answer for every text in their place", () => {
    const filling = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 });
    fc.assert(
      fc.property(smallPattern, smallPattern, smallPattern, filling, (before, after, b, filled) => {
        const open = pattern(before, region, after);
        const known = literalPattern(before + filled + after);
        const against = literalPattern(b);
        for (const ask of [
          (one: typeof open) => overlaps(one, against),
          (one: typeof open) => covers(one, against),
          (one: typeof open) => covers(against, one),
        ]) {
          const answer = ask(open);
          if (answer !== "maybe") assert.equal(ask(known), answer);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("hold policy variables, whose escapes are plain characters", () => {
    assert.equal(overlaps(pattern("user/${aws:username}"), literalPattern("user/*")), "yes");
    assert.equal(overlaps(pattern("user/${*}"), literalPattern("user/*")), "yes");
    assert.equal(overlaps(pattern("user/${*}"), literalPattern("user/x")), "no");
    const pieces = ["user/", "${", "aws:username}"].flatMap((part) => text(part, at).pieces);
    assert.equal(patternOf({ kind: "text", pieces, at }, "keep", true).length, "user/".length + 1);
    assert.deepEqual(
      pattern("${*}${?}${$}"),
      Array.from("*?$", (character) => character.charCodeAt(0)),
    );
  });
});

describe("resources of statements", () => {
  const arnOf = (service: string, id?: string): PatternItem => {
    const ref = { address: "x", attribute: "arn", service };
    return { value: unknown("after-apply", "x.arn", at, { ...(id !== undefined && { id }), ref }), at, guard: [] };
  };
  const written = (resource: string): PatternItem => ({ value: text(resource, at), at, guard: [] });
  const a = literalPattern("arn:aws:ses:eu-west-1:111111111111:identity/a.org");
  const table: readonly (readonly [string, PatternItem, Pattern, Truth])[] = [
    ["an ARN in another partition", written("arn:aws-cn:ses:*:*:identity/a.org"), a, "yes"],
    ["an ARN of another service that is not known yet", arnOf("sqs", "x.arn"), a, "no"],
    ["an ARN of the service that is not known yet", arnOf("ses", "x.arn"), a, "maybe"],
    ["the ARN of a queue, for all queues", arnOf("sqs", "x.arn"), literalPattern("arn:*:sqs:*:*:*"), "yes"],
    ["a wildcard in the type", written("arn:aws:ses:*:*:id*/a.org"), a, "maybe"],
    ["a wildcard in the type, before another name", written("arn:aws:ses:*:*:id*/b.org"), a, "no"],
    [
      "a wildcard in a type of IAM",
      written("arn:aws:iam::*:us*/ann"),
      literalPattern("arn:aws:iam::111111111111:user/ann"),
      "maybe",
    ],
    [
      "a wildcard in the resource of a service that may have no types",
      written("arn:aws:sqs:*:*:ma*/x"),
      literalPattern("arn:aws:sqs:eu-west-1:111111111111:mail/x"),
      "yes",
    ],
  ];
  for (const [what, item, other, expected] of table) {
    it(`are about it: ${what}: ${expected}`, () => {
      assert.equal(overlaps(resourcePattern(item), other), expected);
    });
  }

  it("are the same for certain only where one reference is", () => {
    assert.equal(covers(resourcePattern(arnOf("sqs", "x.arn")), resourcePattern(arnOf("sqs", "x.arn"))), "yes");
    assert.equal(covers(resourcePattern(arnOf("sqs", "x.arn")), resourcePattern(arnOf("sqs", "y.arn"))), "maybe");
    assert.equal(covers(resourcePattern(arnOf("sqs")), resourcePattern(arnOf("sqs"))), "maybe");
  });
});
