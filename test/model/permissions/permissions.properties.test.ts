import assert from "node:assert/strict";
import fc from "fast-check";
import { knownActions, type KnownAction } from "../../../src/model/iam/aws";
import { excess, mayDo, type Answer, type Excess } from "../../../src/model/permissions/permissions";
import { allows, type World } from "../brute-force";
import { system } from "../arbitrary";
import { runs } from "../runs";
import { modelOf, theUser, type System, type Writing } from "../system";
import { holdsIn, identities, users, worlds } from "../worlds";

const writing: fc.Arbitrary<Writing> = fc.constantFrom("data", "json");

/** Single requests of each action that is asked about. */
const requests: ReadonlyMap<string, readonly string[]> = new Map([
  ["ses:SendRawEmail", identities],
  ["ses:SendEmail", identities],
  ["ses:GetSendQuota", ["*"]],
  ["iam:CreateUser", users],
]);

function allowed(one: System, world: World, action: string): boolean {
  return (requests.get(action) ?? []).some((resource) => allows(one, world, { action, resource }));
}

/**
 * Something of the resources is taken away in part: what is left over may be open. So it is where an action that is
 * checked on no resource is allowed on all that a service has.
 */
function isPartial(one: System): boolean {
  const documents = [...one.policies.map(({ document }) => document), ...(one.boundary ? [one.boundary] : [])];
  return documents
    .flatMap(({ Statement }) => Statement)
    .some(
      ({ Effect, Resource, NotResource }) =>
        (Effect === "Deny" && Resource !== "*") ||
        NotResource !== undefined ||
        [Resource].flat().some((each) => each === "arn:aws:ses:*:*:*" || each === "arn:aws:iam::*:user/*"),
    );
}

function ask(one: System, action: string, written: Writing = "data"): Answer {
  const model = modelOf(one, written);
  return mayDo(model, theUser(model), action);
}

function askExcess(one: System): Excess {
  const model = modelOf(one);
  return excess(model, theUser(model), ["ses:SendRawEmail"]);
}

describe("what a user may do, against single requests", () => {
  it("is what IAM decides in every world", () => {
    fc.assert(
      fc.property(system, writing, fc.constantFrom(...requests.keys()), (one, written, action) => {
        const answer = ask(one, action, written);
        if (answer.answer === "yes") for (const world of worlds) assert.ok(allowed(one, world, action));
        if (answer.answer === "no") {
          const refused = worlds.filter((world) => holdsIn(answer.guard, world));
          assert.ok(refused.length > 0, "a guard that can hold");
          for (const world of refused) assert.ok(!allowed(one, world, action));
          for (const world of worlds) {
            if (!refused.includes(world) && !isPartial(one)) assert.ok(allowed(one, world, action));
          }
        }
        if (answer.answer === "maybe") assert.ok(isPartial(one), "open without a reason");
      }),
      { numRuns: runs(1000, 100_000) },
    );
  });

  it("is excess where IAM allows more than ses:SendRawEmail", () => {
    fc.assert(
      fc.property(system, (one) => {
        const found = askExcess(one);
        for (const world of worlds) {
          const items = found.items.filter((item) => holdsIn(item.guard, world));
          const more = allowsMore(one, world);
          if (items.length > 0) assert.ok(more, "nothing that IAM does not allow");
          else if (found.because.length === 0) assert.ok(!more, "nothing left out");
        }
        if (found.because.length > 0) assert.ok(isPartial(one), "open without a reason");
        for (const item of found.items) {
          for (const action of item.actions ?? []) {
            assert.ok(worlds.some((world) => grantsKnown(one, world, action)));
          }
        }
      }),
      { numRuns: runs(60, 1000) },
    );
  });
});

/** Requests of a known action: every required type must have one. */
function knownRequests(action: KnownAction): readonly (readonly string[])[] {
  const resourcesOf = (type: string) => {
    const service = action.lower.slice(0, 3);
    if (type === "identity") return identities;
    if (type === "user" && service === "iam") return users;
    return service === "ses"
      ? [`arn:aws:ses:eu-west-1:111111111111:${type}/zz`, `arn:aws:ses:us-east-1:222222222222:${type}/zz`]
      : [`arn:aws:iam::111111111111:${type}/zz`];
  };
  const required = action.types.filter((type) => type.required);
  if (required.length > 0) return required.map((type) => resourcesOf(type.name));
  return [["*", ...action.types.flatMap((type) => resourcesOf(type.name))]];
}

const known = [...knownActions("ses"), ...knownActions("iam")];
const knownByName = new Map(known.map((action) => [action.lower, knownRequests(action)]));
/** Other services, among them such as are checked on resources of S3 and IAM. */
const elsewhere = [
  ...["s3:GetObject", "s3:Zz", "ec2:Zz", "ssm:Zz", "codestar:Zz"].map((action) => ({ action, resource: "*" })),
  ...["s3:GetObject", "s3:Zz", "ssm:Zz"].map((action) => ({ action, resource: "arn:aws:s3:::a/zz" })),
  { action: "ec2:Zz", resource: "arn:aws:ec2:eu-west-1:111111111111:zz/zz" },
  ...users.map((resource) => ({ action: "codestar:Zz", resource })),
];

function grantsKnown(one: System, world: World, action: string): boolean {
  const types = knownByName.get(action) ?? [];
  return types.every((some) => some.some((resource) => allows(one, world, { action, resource })));
}

function allowsMore(one: System, world: World): boolean {
  const listed = known.some(({ lower }) => lower !== "ses:sendrawemail" && grantsKnown(one, world, lower));
  return listed || elsewhere.some((request) => allows(one, world, request));
}
