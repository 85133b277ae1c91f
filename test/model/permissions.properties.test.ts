import assert from "node:assert/strict";
import fc from "fast-check";
import type { Atom, Guard } from "../../src/core/guard";
import { knownActions, type KnownAction } from "../../src/model/aws";
import { excess, mayDo, type Answer, type Excess } from "../../src/model/permissions";
import { allows, type World } from "./brute-force";
import { modelOf, routes, theUser, type Attached, type Statement, type System, type Writing } from "./system";

const toggles = ["p", "q"];
const worlds: readonly World[] = [[], ["p"], ["q"], ["p", "q"]].map((one) => new Set(one));

const actions = [
  "*",
  "ses:*",
  "ses:Send*",
  "ses:SendRaw*",
  "SES:sendrawemail",
  "ses:SendEmail",
  "ses:S?ndRawEmail",
  "ses:Get*",
  "s3:*",
  "s3:GetObject",
  "iam:ListUsers",
  "iam:Create*",
];
const resources = [
  "*",
  "arn:aws:ses:*:*:identity/*",
  "arn:aws:ses:*:*:*",
  "arn:aws:ses:eu-west-1:*:identity/a.org",
  "arn:aws:ses:*:*:identity/b.*",
  "arn:aws:ses:*:111111111111:identity/*",
  "arn:aws:ses:*:*:configuration-set/*",
  "arn:aws:iam::*:user/*",
  "arn:aws:s3:::a/*",
  "ses:SendRawEmail",
];

const few = (from: readonly string[]) =>
  fc.oneof(fc.constantFrom(...from), fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 2 }));

const statement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.oneof({ weight: 3, arbitrary: fc.constant("Allow" as const) }, fc.constant("Deny" as const)),
    actions: few(actions),
    resources: few(resources),
    negated: fc.record({
      action: fc.boolean().map((one) => one),
      resource: fc.boolean(),
      rarely: fc.integer({ min: 0, max: 3 }),
    }),
  })
  .map(({ Effect, actions, resources, negated }) => {
    const rare = negated.rarely === 0;
    return {
      Effect,
      ...(rare && negated.action ? { NotAction: actions } : { Action: actions }),
      ...(rare && negated.resource ? { NotResource: resources } : { Resource: resources }),
    };
  });

const attached: fc.Arbitrary<Attached> = fc
  .record({
    route: fc.constantFrom(...routes),
    Statement: fc.oneof(statement, fc.array(statement, { minLength: 1, maxLength: 2 })),
    toggle: fc.option(fc.constantFrom(...toggles), { nil: undefined, freq: 3 }),
  })
  .map(({ route, Statement, toggle }) => ({ route, document: { Statement }, ...(toggle && { toggle }) }));

const system: fc.Arbitrary<System> = fc
  .record({
    policies: fc.array(attached, { minLength: 0, maxLength: 4 }),
    boundary: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 4 }),
  })
  .map(({ policies, boundary }) => ({ policies, ...(boundary && { boundary: { Statement: boundary } }) }));

const writing: fc.Arbitrary<Writing> = fc.constantFrom("data", "json");

const identities = ["eu-west-1:111111111111", "us-east-1:222222222222"].flatMap((where) =>
  ["a.org", "b.org", "zz.org"].map((domain) => `arn:aws:ses:${where}:identity/${domain}`),
);
const users = ["x", "ses-smtp-user.1"].map((one) => `arn:aws:iam::111111111111:user/${one}`);

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

function holdsIn(guard: Guard, world: World): boolean {
  return guard.every((atom: Atom) =>
    atom.kind === "any"
      ? atom.of.some((one) => holdsIn(one, world))
      : world.has(atom.on.replace("var.", "")) === atom.positive,
  );
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
      { numRuns: 1000 },
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
      { numRuns: 60 },
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
const elsewhere = ["s3:GetObject", "s3:Zz", "ec2:Zz"].flatMap((action) =>
  ["*", "arn:aws:s3:::a/zz", "arn:aws:ec2:eu-west-1:111111111111:zz/zz"]
    .filter((resource) => resource === "*" || resource.includes(`:${action.slice(0, 2)}`))
    .map((resource) => ({ action, resource })),
);

function grantsKnown(one: System, world: World, action: string): boolean {
  const types = knownByName.get(action) ?? [];
  return types.every((some) => some.some((resource) => allows(one, world, { action, resource })));
}

function allowsMore(one: System, world: World): boolean {
  const listed = known.some(({ lower }) => lower !== "ses:sendrawemail" && grantsKnown(one, world, lower));
  return listed || elsewhere.some((request) => allows(one, world, request));
}
