import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { concat, text } from "../../../src/core/text";
import type { Text, Value } from "../../../src/core/value";
import type { SesIdentity } from "../../../src/model/model";
import { configurationSets, namedIdentities } from "../../../src/model/permissions/named-identities";
import { allow } from "../ask";
import { modelOf, on, open, place, theUser } from "../system";

const at = place();

function identity(name: Value, arn: Value, set?: string): SesIdentity {
  const configurationSet = set === undefined ? undefined : { configurationSet: text(set, at) };
  return { address: "identity", at, guard: [], name, arn, ...configurationSet };
}

function ofDomain(domain: string, set?: string, region = "eu-west-1"): SesIdentity {
  return identity(text(domain, at), text(`arn:aws:ses:${region}:111111111111:identity/${domain}`, at), set);
}

describe("identities that grants name", () => {
  const either: Value = {
    kind: "choice",
    at,
    options: ["eu-west-1", "us-east-1"].map((region, i) => {
      return { guard: when("var.eu", i === 0), value: text(`arn:aws:ses:${region}:1:identity/a.org`, at) };
    }),
  };
  const unnamed = identity(open("var.domain"), open("var.arn"), "main");
  const arnOf = (resource: string) => `arn:aws:ses:eu-west-1:111111111111:${resource}`;
  const a = ofDomain("a.org");
  const table: readonly (readonly [string, string, SesIdentity, "matches" | "elsewhere" | "none"])[] = [
    ["one by its ARN", arnOf("identity/a.org"), a, "matches"],
    ["one in any region", "arn:aws:ses:*:*:identity/a.org", a, "matches"],
    ["none of another name", arnOf("identity/b.org"), a, "none"],
    ["none by everything", "*", a, "none"],
    ["none by other resources", arnOf("configuration-set/a.org"), a, "none"],
    ["one in another region", "arn:aws:ses:us-east-1:111111111111:identity/a.org", a, "elsewhere"],
    ["one in another partition", "arn:aws-cn:ses:*:*:identity/a.org", a, "elsewhere"],
    ["one in China", "arn:aws-cn:ses:*:*:identity/a.org", ofDomain("a.org", undefined, "cn-north-1"), "matches"],
    [
      "one of the government",
      "arn:aws-us-gov:ses:*:*:identity/a.org",
      ofDomain("a.org", undefined, "us-gov-west-1"),
      "matches",
    ],
    ["none whose ARN is one of two", arnOf("identity/a.org"), identity(text("a.org", at), either), "none"],
    ["none of which nothing is known", arnOf("identity/a.org"), unnamed, "none"],
    ["none without a configuration set by a pattern", arnOf("identity/*.org"), a, "none"],
    ["one with a configuration set by a pattern", arnOf("identity/*.org"), ofDomain("a.org", "main"), "matches"],
    ["none of another end by a pattern", arnOf("identity/*.net"), ofDomain("a.org", "main"), "none"],
    ["none of which nothing is known by a pattern", arnOf("identity/*.org"), unnamed, "none"],
  ];
  for (const [what, resource, one, expected] of table) {
    it(`are ${what}`, () => {
      const model = { ...modelOf(allow("ses:SendRawEmail", resource)), identities: [one] };
      const found = namedIdentities(model, theUser(model)).map(({ matches }) => (matches ? "matches" : "elsewhere"));
      assert.deepEqual(found, expected === "none" ? [] : [expected]);
    });
  }

  it("are there where the grant and the identity are", () => {
    const { policies } = allow("ses:SendRawEmail", arnOf("identity/a.org"));
    const guards = (toggle: string | undefined, guard: SesIdentity["guard"]) => {
      const toggled = policies.map((policy) => (toggle === undefined ? policy : { ...policy, toggle }));
      const model = { ...modelOf({ policies: toggled }), identities: [{ ...a, guard }] };
      return namedIdentities(model, theUser(model)).map((one) => one.guard);
    };
    assert.deepEqual(guards("x", []), [on("x")]);
    assert.deepEqual(guards(undefined, on("x")), [on("x")]);
    assert.deepEqual(guards("x", when("var.x", false)), []);
  });

  it("are asked of Allows about sending alone", () => {
    const model = { ...modelOf(allow("ses:GetAccount", arnOf("identity/a.org"))), identities: [a] };
    assert.deepEqual(namedIdentities(model, theUser(model)), []);
  });
});

describe("configuration sets of an identity", () => {
  const setsOf = (configurationSet: Value) =>
    configurationSets(modelOf({ policies: [] }), { ...ofDomain("a.org"), configurationSet });

  it("are those that it can have", () => {
    const either: Value = {
      kind: "choice",
      at,
      options: [
        { guard: when("var.x", true), value: text("main", at) },
        { guard: when("var.x", false), value: { kind: "null", at } },
      ],
    };
    assert.deepEqual(
      setsOf(either).map(({ guard }) => guard),
      [when("var.x", true)],
    );
  });

  const mayBeNone: readonly (readonly [string, Value, boolean])[] = [
    ["of a variable is perhaps none", open("var.set"), true],
    ["of a resource's attribute is there", { ...open("var.set"), ref: { address: "x.y", attribute: "name" } }, false],
    ["of a name that is known in part is there", concat([text("of-", at), hole("var.set")], at), false],
    [
      "of a variable is there where a condition on it says so",
      { kind: "choice", at, options: [{ guard: when("var.set == null", false), value: open("var.set") }] },
      false,
    ],
  ];
  for (const [name, set, isPerhapsNone] of mayBeNone) {
    it(name, () => {
      assert.deepEqual(
        setsOf(set).map(({ perhaps }) => perhaps !== undefined),
        [isPerhapsNone],
      );
    });
  }
});

function hole(id: string): Text {
  return { kind: "text", pieces: [{ kind: "hole", unknown: open(id) }], at };
}
