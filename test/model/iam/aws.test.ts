import assert from "node:assert/strict";
import actions from "../../../src/data/actions.json";
import policies from "../../../src/data/managed-policies.json";
import { actionNamed, awsPolicy, isService, knownActions, namespacesOf } from "../../../src/model/iam/aws";
import { literalPattern } from "../../../src/model/iam/pattern";
import { overlaps } from "../../../src/model/iam/pattern-relations";
import { place } from "../system";

function matching(pattern: string): readonly string[] {
  const actions = [...knownActions("ses"), ...knownActions("iam")];
  return actions
    .filter((action) => overlaps(literalPattern(pattern.toLowerCase()), literalPattern(action.lower)) === "yes")
    .map((action) => action.name);
}

describe("what AWS says", () => {
  it("ses:Send* is seven actions, ses:SendRaw* is one", () => {
    assert.equal(matching("ses:Send*").length, 7);
    assert.deepEqual(matching("ses:SendRaw*"), ["ses:SendRawEmail"]);
    assert.deepEqual(matching("ses:SendEmail*"), ["ses:SendEmail"]);
  });

  it("ses:SendRawEmail is checked on an identity, and on a configuration set where one applies", () => {
    const action = actionNamed("SES:sendRawEmail");
    assert.deepEqual(
      action?.types.map(({ name, required }) => [name, required]),
      [
        ["configuration-set", false],
        ["identity", true],
      ],
    );
    assert.equal(action.level, "Write");
    for (const key of ["ses:apiversion", "ses:fromaddress", "ses:recipients"]) assert.ok(action.keys.has(key));
    assert.ok(!action.keys.has("ses:tenantname"));
  });

  it("iam:ListUsers has no resource types", () => {
    assert.deepEqual(actionNamed("iam:ListUsers")?.types, []);
  });

  it("version 1, version 2 and Mail Manager share a prefix, and sesv2 is none", () => {
    for (const name of ["ses:SendEmail", "ses:PutEmailIdentityDkimAttributes", "ses:CreateIngressPoint"]) {
      assert.ok(actionNamed(name), name);
    }
    assert.ok(isService("ses"));
    assert.ok(!isService("sesv2") && !isService("email"));
  });

  it("some services are checked on ARNs of others, some on none", () => {
    assert.deepEqual(namespacesOf("sqs"), ["sqs"]);
    assert.deepEqual(namespacesOf("rds-data"), ["rds"]);
    assert.deepEqual(namespacesOf("aws-portal"), []);
  });

  it("the managed policies stand, in every part, where they are attached", () => {
    const at = place();
    const policy = awsPolicy("AmazonSESFullAccess", at);
    assert.equal(policy?.name, "AmazonSESFullAccess");
    assert.deepEqual(
      policy.policy.statements.map((one) => [one.effect, one.at, one.actions.items.map((item) => item.at)]),
      [["allow", at, [at]]],
    );
    assert.deepEqual(
      awsPolicy("AmazonSQSReadOnlyAccess", at)?.services.map((one) => one.name),
      ["sqs"],
    );
  });

  it("the managed policies are asked by their own names only", () => {
    assert.equal(awsPolicy("constructor", place()), undefined);
    assert.equal(awsPolicy("ViewOnlyAccess", place()), undefined);
    assert.equal(awsPolicy("job-function/ViewOnlyAccess", place())?.name, "ViewOnlyAccess");
  });

  it("says from which version of its source it is, and of which day", () => {
    for (const { source, date } of [actions, policies])
      assert.match(`${source} ${date}`, /^\S+ [\d.]+ \d{4}-\d\d-\d\d$/);
  });
});
