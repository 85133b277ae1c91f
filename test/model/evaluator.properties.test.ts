import assert from "node:assert/strict";
import fc from "fast-check";
import type { Atom, Guard } from "../../src/core/guard";
import { mayDo } from "../../src/model/permissions";
import { wideSystem } from "./arbitrary";
import { allows, type Context, type World } from "./brute-force";
import { runs } from "./runs";
import { modelOf, theUser, type Document, type System } from "./system";

/** Conditions, boundaries, policies of the organization and of identities, against single requests in every world. */

const worlds: readonly World[] = [[], ["p"], ["q"], ["p", "q"]].map((one) => new Set(one));

const identities = ["eu-west-1:111111111111", "us-east-1:222222222222"].flatMap((where) =>
  ["a.org", "b.org", "zz.org"].map((domain) => `arn:aws:ses:${where}:identity/${domain}`),
);

/** What requests may have of each condition key, by name in lower case; undefined: they may lack it. */
type Choices = Readonly<Record<string, readonly (readonly string[] | undefined)[]>>;

const addresses = [["a@a.org"], ["A@a.org"], ["b@b.org"], ["z@zz.org"]];

const always = {
  "aws:securetransport": [["true"]],
  "aws:sourceip": [["192.0.2.1"], ["198.51.100.1"], undefined],
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

const byApi: Choices = {
  ...always,
  "ses:apiversion": [["1"], ["2"]],
  "ses:fromaddress": [...addresses, undefined],
  "ses:recipients": [["a@a.org"], ["b@b.org"], ["a@a.org", "b@b.org"], ["z@zz.org"], undefined],
  "ses:tenantname": [...addresses, undefined],
  "aws:multifactorauthpresent": [["true"], ["false"], undefined],
};

const asked = new Map([
  ["ses:SendRawEmail", bySmtp],
  ["ses:SendEmail", byApi],
]);

describe("what a user may do under conditions and policies of others", () => {
  it("is what IAM decides in every world", () => {
    fc.assert(
      fc.property(wideSystem, fc.constantFrom(...asked.keys()), (one, action) => {
        const model = modelOf(one);
        const answer = mayDo(model, theUser(model), action);
        if (answer.answer === "maybe") return;
        const contexts = contextsOf(one, asked.get(action) ?? {});
        for (const world of worldsOf(one)) {
          const allowed = isAllowed(one, world, action, contexts);
          if (answer.answer === "yes") assert.ok(allowed, "allowed in every world");
          else if (holdsIn(answer.guard, world)) assert.ok(!allowed, "refused where it says so");
        }
      }),
      { numRuns: runs(1000, 100_000) },
    );
  });

  it("is open for a reason: something is taken in part, or two conditions may exclude each other", () => {
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

function isAllowed(one: System, world: World, action: string, contexts: readonly Context[]): boolean {
  return identities.some((resource) => contexts.some((context) => allows(one, world, { action, resource, context })));
}

/** Every way to fill the keys that the system's conditions are on. Of the others it does not matter. */
function contextsOf(one: System, choices: Choices): readonly Context[] {
  const keys = new Set(conditionsOf(one).flatMap((condition) => Object.values(condition).flatMap(Object.keys)));
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
function worldsOf({ policies }: System): readonly World[] {
  const used = new Set(policies.map(({ toggle }) => toggle));
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
  const namesAccount = all.some(({ Principal }) => JSON.stringify(Principal ?? "").includes(":root"));
  return isPartial || namesAccount || conditionsOf(one).length > 1 || unjudged(one);
}

/** Operators on keys of which not all is certain. */
function unjudged(one: System): boolean {
  return /ForA|Null|FromDisplayName|FeedbackAddress|TenantName|Numeric|Bool|Not|SourceIp/.test(
    JSON.stringify(conditionsOf(one)),
  );
}

function holdsIn(guard: Guard, world: World): boolean {
  return guard.every((atom: Atom) =>
    atom.kind === "any"
      ? atom.of.some((one) => holdsIn(one, world))
      : world.has(atom.on.replace("var.", "")) === atom.positive,
  );
}
