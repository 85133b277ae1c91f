import fc from "fast-check";
import { userArn } from "./brute-force";
import { routes, type Attached, type Document, type Statement, type System } from "./system";

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

const attached = attachedOf(statement);

function attachedOf(one: fc.Arbitrary<Statement>): fc.Arbitrary<Attached> {
  return fc
    .record({
      route: fc.constantFrom(...routes),
      Statement: fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 2 })),
      toggle: fc.option(fc.constantFrom(...toggles), { nil: undefined, freq: 3 }),
    })
    .map(({ route, Statement, toggle }) => ({ route, document: { Statement }, ...(toggle && { toggle }) }));
}

export const system: fc.Arbitrary<System> = fc
  .record({
    policies: fc.array(attached, { minLength: 0, maxLength: 4 }),
    boundary: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 4 }),
  })
  .map(({ policies, boundary }) => ({ policies, ...(boundary && { boundary: { Statement: boundary } }) }));

/** An operator with a key and values that it can be asked of. */
export const condition: fc.Arbitrary<NonNullable<Statement["Condition"]>> = fc
  .oneof(
    operation(
      ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"],
      ["ses:FromAddress", "ses:FeedbackAddress", "ses:FromDisplayName", "ses:TenantName"],
      ["a@a.org", "A@a.org", "*@a.org", "*@b.*", "*"],
    ),
    operation(["StringEquals", "StringNotEquals", "StringLike", "NumericEquals"], ["ses:ApiVersion"], ["1", "2", 2]),
    operation(["Bool"], ["aws:MultiFactorAuthPresent", "aws:SecureTransport"], ["true", "false", true]),
    operation(["Null"], ["aws:MultiFactorAuthPresent", "ses:FromAddress", "ses:TenantName"], ["true", false]),
    operation(["IpAddress", "NotIpAddress"], ["aws:SourceIp"], ["192.0.2.1/32", "0.0.0.0/0"]),
    operation(
      ["StringLike", "StringNotLike", "StringEquals"].flatMap((one) => [`ForAllValues:${one}`, `ForAnyValue:${one}`]),
      ["ses:Recipients"],
      ["a@a.org", "*@a.org", "*@b.*"],
    ),
  )
  .map(({ operator, key, values }) => ({ [operator]: { [key]: values } }));

function operation(
  operators: readonly string[],
  keys: readonly string[],
  values: readonly (string | number | boolean)[],
) {
  return fc
    .record({
      base: fc.constantFrom(...operators),
      ifExists: fc.integer({ min: 0, max: 3 }),
      key: fc.constantFrom(...keys),
      values: fc.oneof(
        fc.constantFrom(...values),
        fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
      ),
    })
    .map(({ base, ifExists, key, values: some }) => {
      return { operator: ifExists === 0 && base !== "Null" ? `${base}IfExists` : base, key, values: some };
    });
}

const conditional: fc.Arbitrary<Statement> = fc
  .record({
    statement,
    conditions: fc.option(fc.array(condition, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
  })
  .map(({ statement: one, conditions }) =>
    conditions === undefined ? one : { ...one, Condition: merged(conditions) },
  );

/** Two conditions with one operator are one element of it. */
function merged(conditions: readonly NonNullable<Statement["Condition"]>[]): NonNullable<Statement["Condition"]> {
  const result: Record<string, NonNullable<Statement["Condition"]>[string]> = {};
  for (const one of conditions) {
    for (const [operator, keys] of Object.entries(one)) result[operator] = { ...result[operator], ...keys };
  }
  return result;
}

const principals = fc.constantFrom(
  ...["*", userArn, "arn:aws:iam::123456789012:user/other", "arn:aws:iam::123456789012:root"],
);

const onIdentity: fc.Arbitrary<Document> = fc
  .record({
    Effect: fc.constantFrom("Allow" as const, "Deny" as const),
    Action: few(actions.filter((one) => /^ses:/i.test(one))),
    Resource: fc.constant("arn:aws:ses:eu-west-1:111111111111:identity/a.org"),
    AWS: fc.oneof(principals, fc.array(principals, { minLength: 1, maxLength: 2 })),
    Condition: fc.option(condition, { nil: undefined, freq: 2 }),
  })
  .map(({ AWS, Condition, ...one }) => ({
    Statement: { ...one, Principal: { AWS }, ...(Condition && { Condition }) },
  }));

/** Lets many of them send, so that what takes it away again matters. */
const sending: fc.Arbitrary<Statement> = fc
  .record({
    Action: fc.constantFrom("ses:SendRawEmail", "ses:*", "*"),
    Resource: fc.constantFrom("*", "arn:aws:ses:*:*:identity/*", "arn:aws:ses:eu-west-1:*:identity/a.org"),
    Condition: fc.option(condition, { nil: undefined, freq: 2 }),
  })
  .map(({ Condition, ...one }) => ({ Effect: "Allow", ...one, ...(Condition && { Condition }) }));

/** The same with conditions, service control policies and policies on identities. */
export const wideSystem: fc.Arbitrary<System> = fc
  .record({
    policies: fc.array(attachedOf(fc.oneof(conditional, sending)), { minLength: 0, maxLength: 3 }),
    boundary: fc.option(fc.array(fc.oneof(conditional, sending), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
      freq: 2,
    }),
    control: fc.option(fc.array(conditional, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
    onIdentities: fc.array(onIdentity, { minLength: 0, maxLength: 1 }),
  })
  .map(({ policies, boundary, control, onIdentities }) => ({
    policies,
    ...(boundary && { boundary: { Statement: boundary } }),
    ...(control && { control: [{ Statement: control }] }),
    onIdentities,
  }));
