import assert from "node:assert/strict";
import { blockingConditions } from "../../src/model/blocking-conditions";
import { modelOf, theUser, type Statement, type System } from "./system";

const send: Statement = { Effect: "Allow", Action: "ses:SendRawEmail", Resource: "*" };
const never: Statement = { ...send, Condition: { StringEquals: { "ses:ApiVersion": "1" } } };
const tagged: Statement = { ...send, Condition: { StringEquals: { "aws:PrincipalTag/team": "mail" } } };
const mfa: Statement = {
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
};

function inline(...Statement: readonly Statement[]): System {
  return { policies: [{ route: "inline", document: { Statement } }] };
}

/** `ses:ApiVersion`, with `?` where it is not proven. */
function told(system: System): readonly string[] {
  const model = modelOf(system);
  return blockingConditions(model, theUser(model)).map(
    ({ condition, guard }) => `${condition.key}${guard === undefined ? "?" : ""}`,
  );
}

describe("conditions for which a user may not send", () => {
  const table: readonly (readonly [string, System, readonly string[]])[] = [
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
      ["ses:ApiVersion"],
    ],
    ["none", inline(send), []],
  ];
  for (const [what, system, expected] of table) {
    it(`${what}: ${expected.join(", ") || "none"}`, () => {
      assert.deepEqual(told(system), expected);
    });
  }
});
