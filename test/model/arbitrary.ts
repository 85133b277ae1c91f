import fc from "fast-check";
import { routes, type Attached, type Statement, type System } from "./system";

/** Small systems, of patterns that meet each other often. */

const toggles = ["p", "q"];
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

export const statement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.oneof({ weight: 3, arbitrary: fc.constant("Allow" as const) }, fc.constant("Deny" as const)),
    actions: few(actions),
    resources: few(resources),
    negated: fc.record({
      action: fc.boolean(),
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

export const system: fc.Arbitrary<System> = fc
  .record({
    policies: fc.array(attached, { minLength: 0, maxLength: 4 }),
    boundary: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 4 }),
  })
  .map(({ policies, boundary }) => ({ policies, ...(boundary && { boundary: { Statement: boundary } }) }));
