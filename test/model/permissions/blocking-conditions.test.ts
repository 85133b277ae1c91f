import assert from "node:assert/strict";
import { guardText } from "../../../src/core/guard";
import { blockingConditions } from "../../../src/model/permissions/blocking-conditions";
import type { Model } from "../../../src/model/model";
import { attached, inline, send, withGrants } from "../ask";
import { modelOf, open, theUser, type Statement, type System } from "../system";

const never: Statement = { ...send, Condition: { StringEquals: { "ses:ApiVersion": "1" } } };
const tagged: Statement = { ...send, Condition: { StringEquals: { "aws:PrincipalTag/team": "mail" } } };
const mfa: Statement = {
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
};

const current: Statement = { ...send, Condition: { StringEquals: { "ses:ApiVersion": "2" } } };
const from: Statement = { ...mfa, Condition: { StringLike: { "ses:FromAddress": "*@a.org" } } };
const byTag: Statement = { ...tagged, Effect: "Deny" };

/** With a policy that is not known. */
function partly(system: System): Model {
  return withGrants(system, attached(open("var.arn")));
}

/** `ses:ApiVersion`, with `?` where it is not proven, and with what it hangs on. */
function told(of: System | Model): readonly string[] {
  const model = "users" in of ? of : modelOf(of);
  return blockingConditions(model, theUser(model)).map(({ condition, guard }) => {
    if (guard === undefined) return `${condition.key}?`;
    return guard.length === 0 ? condition.key : `${condition.key} if ${guardText(guard)}`;
  });
}

describe("conditions for which a user may not send", () => {
  const table: readonly (readonly [string, System | Model, readonly string[]])[] = [
    ["on the only grant", inline(never), ["ses:ApiVersion"]],
    ["on one of two grants", inline(never, send), []],
    ["on both grants", inline(never, { ...never, Action: "ses:*" }), ["ses:ApiVersion", "ses:ApiVersion"]],
    ["of a Deny", inline(send, mfa), ["aws:MultiFactorAuthPresent"]],
    ["of a Deny, without a grant", inline(mfa), []],
    ["on a grant that is denied anyway", inline(never, { ...send, Effect: "Deny" }), []],
    ["on a grant of other actions", inline({ ...never, Action: "ses:GetSendQuota" }), []],
    ["on a grant on no resource", inline({ ...never, Resource: "ses:SendRawEmail" }), []],
    ["that only AWS can judge", inline(tagged), ["aws:PrincipalTag/team?"]],
    ["that only AWS can judge, beside a grant", inline(tagged, send), []],
    ["of the permissions boundary", { ...inline(send), boundary: { Statement: never } }, ["ses:ApiVersion"]],
    ["within a boundary that leaves sending out", { ...inline(never), boundary: { Statement: [] } }, []],
    [
      "in one of two worlds",
      {
        policies: [
          { route: "inline", document: { Statement: never } },
          { route: "inline", document: { Statement: send }, toggle: "p" },
        ],
      },
      ["ses:ApiVersion if not var.p"],
    ],
    [
      "under a toggle",
      { policies: [{ route: "inline", document: { Statement: never }, toggle: "p" }] },
      ["ses:ApiVersion if var.p"],
    ],
    ["of a Deny, beside a condition that matches", inline(current, mfa), ["aws:MultiFactorAuthPresent"]],
    [
      "of a Deny of several actions",
      inline(send, { ...mfa, Action: ["s3:*", "ses:*"] }),
      ["aws:MultiFactorAuthPresent"],
    ],
    [
      "of a Deny of all but others",
      inline(send, { Effect: "Deny", NotAction: "s3:*", Resource: "*", Condition: mfa.Condition ?? {} }),
      ["aws:MultiFactorAuthPresent"],
    ],
    ["of the first of two Denies", inline(send, mfa, { ...mfa, Action: "ses:*" }), ["aws:MultiFactorAuthPresent"]],
    ["on the grant, and not of a Deny for some mail", inline(never, from), ["ses:ApiVersion"]],
    ["of a Deny that only AWS can judge", inline(send, byTag), []],
    ["that match, beside a Deny that only AWS can judge", inline(current, byTag), []],
    ["on the only grant that is known", partly(inline(never)), ["ses:ApiVersion?"]],
    ["on one of two grants, beside what is not known", partly(inline(never, send)), []],
    ["of a Deny, beside what is not known", partly(inline(send, mfa)), ["aws:MultiFactorAuthPresent?"]],
    ["of a Deny for some mail, beside what is not known", partly(inline(never, from)), ["ses:ApiVersion?"]],
    ["none", inline(send), []],
  ];
  for (const [what, system, expected] of table) {
    it(`${what}: ${expected.join(", ") || "none"}`, () => {
      assert.deepEqual(told(system), expected);
    });
  }
});
