import assert from "node:assert/strict";
import { text } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import type { Grant, Model, User } from "../../../src/model/model";
import { guardrailsOf } from "../../../src/model/permissions/guardrails";
import { handedPolicies } from "../../../src/model/permissions/gaps";
import { standingOf } from "../../../src/model/permissions/standings";
import { inline, maySend, told } from "../ask";
import { modelWith } from "../build";
import { modelOf, on, open, place, referenceTo, valueOf } from "../system";

const at = place();
const ann: User = { address: "ann", at, guard: [], name: text("ann", at) };
const bob: User = { address: "bob", at, guard: [], name: text("bob", at) };

const effects = { a: ["Allow"], b: ["Deny"], c: ["Allow", "Deny"] };
const policies = Object.entries(effects).map(([address, each]) => ({
  address,
  at,
  guard: [],
  name: text(address, at),
  document: valueOf({ Statement: each.map((Effect) => ({ Effect, Action: "ses:*", Resource: "*" })) }),
}));

function managed(holder: Value, arn: Value, toggle?: string): Grant {
  return { address: "g", at, guard: on(toggle), to: "user", holder, policy: { kind: "managed", arn } };
}

function grants(arn: Value, ...toggles: readonly (string | undefined)[]): readonly Grant[] {
  return [ann, bob].map((user, i) => managed(user.name, arn, toggles[i]));
}

const allow = referenceTo("a", "arn");
const deny = referenceTo("b", "arn");
const ofAws = text("arn:aws:iam::aws:policy/AmazonSESFullAccess", at);

describe("what limits a user's policies", () => {
  const table: readonly (readonly [string, Partial<Model>, "same" | "apart" | "unknown"])[] = [
    ["nothing", {}, "same"],
    ["an Allow of one", { grants: grants(allow).slice(1) }, "same"],
    ["a Deny of both", { grants: grants(deny) }, "same"],
    ["a Deny of one", { grants: grants(deny).slice(1) }, "apart"],
    ["a Deny of one beside an Allow", { grants: grants(referenceTo("c", "arn")).slice(1) }, "apart"],
    ["a Deny that one has at times", { grants: grants(deny, undefined, "x") }, "apart"],
    ["a Deny that may be another's", { grants: [managed(open("var.user"), deny)] }, "unknown"],
    ["an Allow that may be another's", { grants: [managed(open("var.user"), allow)] }, "same"],
    ["a boundary of both", { users: [ann, bob].map((user) => ({ ...user, boundary: allow })) }, "same"],
    ["a boundary of one", { users: [{ ...ann, boundary: allow }, bob] }, "apart"],
    [
      "two boundaries",
      {
        users: [
          { ...ann, boundary: allow },
          { ...bob, boundary: deny },
        ],
      },
      "apart",
    ],
    ["a boundary of AWS's own", { users: [ann, bob].map((user) => ({ ...user, boundary: ofAws })) }, "unknown"],
    [
      "a boundary that is not known",
      { users: [ann, bob].map((user) => ({ ...user, boundary: open("var.boundary") })) },
      "unknown",
    ],
    ["one that is there at times", { users: [{ ...ann, guard: on("x") }, bob] }, "apart"],
  ];
  for (const [what, parts, expected] of table) {
    it(`is ${expected} for two users: ${what}`, () => {
      const model = modelWith({ users: [ann, bob], policies, ...parts });
      const [one, other] = model.users.map((user) => guardrailsOf(model, standingOf(model, user)));
      assert.equal(one === undefined || other === undefined ? "unknown" : one === other ? "same" : "apart", expected);
    });
  }
});

describe("a control policy", () => {
  it("takes away where it is there and attached", () => {
    const send = { Effect: "Allow", Action: "ses:SendRawEmail", Resource: "*" } as const;
    const model = modelOf({ ...inline(send), control: [{ Statement: { ...send, Effect: "Deny" } }] });
    const attached = {
      ...model,
      controlAttachments: model.controlAttachments.map((one) => ({ ...one, guard: on("x") })),
    };
    const there = { ...model, controlPolicies: model.controlPolicies.map((one) => ({ ...one, guard: on("x") })) };
    assert.equal(told(maySend(model)), "no");
    assert.equal(told(maySend(attached)), "no if var.x");
    assert.equal(told(maySend(there)), "no if var.x");
  });
});

describe("policies that are handed on", () => {
  it("are told for each who is handed them", () => {
    const gap = (what: string, ...inputs: readonly Value[]) => {
      return { address: what, at, guard: [], unknown: open(what), inputs };
    };
    const handed = handedPolicies(modelWith({ policies, gaps: [gap("first", deny), gap("second", deny, allow)] }));
    assert.deepEqual(
      handed.map(({ policy, because }) => `${policy.address} ${because.reason.what}`),
      ["a second", "b first", "b second"],
    );
  });
});
