import assert from "node:assert/strict";
import fc from "fast-check";
import { mayDo } from "../../../src/model/permissions/permissions";
import { wideSystem } from "../arbitrary";
import { allows, type Context, type World } from "../brute-force";
import { runs } from "../runs";
import { modelOf, theUser, type Document, type System } from "../system";
import { holdsIn, identities, users, worlds } from "../worlds";

/** Conditions, boundaries, policies of the organization and of identities, against single requests in every world. */

/** What requests may have of each condition key, by name in lower case; undefined: they may lack it. */
type Choices = Readonly<Record<string, readonly (readonly string[] | undefined)[]>>;

/** Of each domain one that no condition names, too. */
const addresses = [["a@a.org"], ["A@a.org"], ["c@a.org"], ["b@b.org"], ["z@zz.org"]];

const boundaries = [...["a", "b", "zz"].map((name) => [`arn:aws:iam::123456789012:policy/${name}`]), undefined];

const ofCaller = {
  "aws:securetransport": [["true"]],
  "aws:sourceip": [["192.0.2.1"], ["198.51.100.1"], ["2001:db8::1"], undefined],
};

const always = {
  ...ofCaller,
  "ses:feedbackaddress": [...addresses, undefined],
  "ses:fromdisplayname": [...addresses, undefined],
};

/** SMTP: version 2, an envelope, a long-term key. */
const bySmtp: Choices = {
  ...always,
  "ses:apiversion": [["2"]],
  "ses:fromaddress": addresses,
  "ses:recipients": [["a@a.org"], ["b@b.org"], ["a@a.org", "b@b.org"], ["z@zz.org"]],
};

const inSession: Choices = {
  "aws:multifactorauthpresent": [["true"], ["false"], undefined],
  "aws:multifactorauthage": [["60"], ["3600"], ["5000"], ["7200"], ["86400"], undefined],
};

const byApi: Choices = {
  ...always,
  ...inSession,
  "ses:apiversion": [["1"], ["2"]],
  "ses:fromaddress": [...addresses, undefined],
  "ses:recipients": [["a@a.org"], ["b@b.org"], ["a@a.org", "b@b.org"], ["z@zz.org"], undefined],
  "ses:tenantname": [...addresses, undefined],
};

/** What is asked, on which resources, with which keys. */
const asked = new Map([
  ["ses:SendRawEmail", { resources: identities, choices: bySmtp }],
  ["ses:SendEmail", { resources: identities, choices: byApi }],
  ["ses:GetSendQuota", { resources: ["*"], choices: { ...inSession, ...ofCaller, "ses:apiversion": [["1"], ["2"]] } }],
  [
    "iam:CreateUser",
    { resources: users, choices: { ...inSession, ...ofCaller, "iam:permissionsboundary": boundaries } },
  ],
]);

describe("what a user may do under conditions and policies of others", () => {
  it("is what IAM decides in every world", () => {
    fc.assert(
      fc.property(wideSystem, fc.constantFrom(...asked.keys()), (one, action) => {
        const model = modelOf(one);
        const answer = mayDo(model, theUser(model), action);
        if (answer.answer === "maybe") return;
        const { resources = [], choices = {} } = asked.get(action) ?? {};
        const contexts = contextsOf(one, choices);
        for (const world of worldsOf(one)) {
          const allowed = resources.some((resource) =>
            contexts.some((context) => allows(one, world, { action, resource, context })),
          );
          if (answer.answer === "yes") assert.ok(allowed, "allowed in every world");
          else if (holdsIn(answer.guard, world)) assert.ok(!allowed, "refused where it says so");
        }
      }),
      { numRuns: runs(1000, 100_000) },
    );
  });

  it("is open for a reason: something is taken in part, or whom a statement is about is not known", () => {
    fc.assert(
      fc.property(wideSystem, (one) => {
        const model = modelOf(one);
        const answer = mayDo(model, theUser(model), "ses:SendRawEmail");
        if (answer.answer === "maybe") assert.ok(isHard(one), JSON.stringify(answer.because));
      }),
      { numRuns: runs(1000, 100_000) },
    );
  });
});

/** The keys of all conditions, each as often as it stands there. */
function keysOf(one: System): readonly string[] {
  return conditionsOf(one).flatMap((condition) => Object.values(condition).flatMap(Object.keys));
}

/** Every way to fill the keys that the system's conditions are on. Of the others it does not matter. */
function contextsOf(one: System, choices: Choices): readonly Context[] {
  const keys = new Set(keysOf(one));
  let contexts: readonly Context[] = [{}];
  for (const key of [...keys].map((each) => each.toLowerCase())) {
    const values = (choices[key] ?? [undefined]).filter((value) => value?.[0] !== "A@a.org" || isNamed(one, value[0]));
    contexts = contexts.flatMap((context) =>
      values.map((value) => (value === undefined ? context : { ...context, [key]: value })),
    );
  }
  return contexts;
}

/** The worlds that differ. */
function worldsOf({ policies, member }: System): readonly World[] {
  const used = new Set([member, ...policies.map(({ toggle }) => toggle)]);
  return worlds.filter((world) => [...world].every((toggle) => used.has(toggle)));
}

/** An address that no condition names is like any other. */
function isNamed(one: System, address: string): boolean {
  return JSON.stringify(conditionsOf(one)).includes(`"${address}"`);
}

function documentsOf({ policies, boundary, control = [], onIdentities = [] }: System): readonly Document[] {
  const own = policies.map(({ document }) => document);
  return [...own, ...(boundary === undefined ? [] : [boundary]), ...control, ...onIdentities];
}

function statementsOf(one: System) {
  return documentsOf(one).flatMap(({ Statement }) => Statement);
}

function conditionsOf(one: System) {
  return statementsOf(one).flatMap(({ Condition }) => (Condition === undefined ? [] : [Condition]));
}

function isHard(one: System): boolean {
  const all = statementsOf(one);
  const isPartial = all.some(
    ({ Effect, Resource, NotResource }) =>
      (Effect === "Deny" && Resource !== "*") ||
      NotResource !== undefined ||
      [Resource].flat().includes("arn:aws:ses:*:*:*"),
  );
  // Whether the user is in an account, and whom NotPrincipal spares.
  const isOfSome = all.some(
    ({ Principal, NotPrincipal }) =>
      NotPrincipal !== undefined || /:root|"\d{12}"/.test(JSON.stringify(Principal ?? "")),
  );
  return isPartial || isOfSome;
}
