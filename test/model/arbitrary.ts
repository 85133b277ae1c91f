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

const few = (one: fc.Arbitrary<string>) => fc.oneof(one, fc.uniqueArray(one, { minLength: 1, maxLength: 2 }));

export const statement: fc.Arbitrary<Statement> = statementOf(
  fc.constantFrom(...actions),
  fc.constantFrom(...resources),
);

function statementOf(action: fc.Arbitrary<string>, resource: fc.Arbitrary<string>): fc.Arbitrary<Statement> {
  return fc
    .record({
      Effect: fc.oneof({ weight: 3, arbitrary: fc.constant("Allow" as const) }, fc.constant("Deny" as const)),
      actions: few(action),
      resources: few(resource),
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
}

/** Action names with wildcards in the place of some of their characters. */
function withWildcards(names: readonly string[]): fc.Arbitrary<string> {
  const wildcard = fc.record({ at: fc.nat(), length: fc.nat({ max: 6 }), one: fc.boolean() });
  return fc
    .record({ name: fc.constantFrom(...names), wildcards: fc.array(wildcard, { minLength: 1, maxLength: 2 }) })
    .map(({ name, wildcards }) =>
      wildcards.reduce((written, { at, length, one }) => {
        const start = "ses:".length + (at % (written.length - "ses:".length));
        return `${written.slice(0, start)}${one ? "?" : "*"}${written.slice(start + (one ? 1 : length))}`;
      }, name),
    );
}

const wildStatement = statementOf(
  fc.oneof(
    fc.constantFrom(...actions),
    withWildcards(["ses:SendRawEmail", "SES:sendrawemail", "ses:GetSendQuota", "iam:CreateUser"]),
  ),
  fc.constantFrom(...resources),
);

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

const member = fc.option(fc.constantFrom(...toggles), { nil: undefined, freq: 2 });

export const system: fc.Arbitrary<System> = fc
  .record({
    member,
    policies: fc.array(attached, { minLength: 0, maxLength: 4 }),
    boundary: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 4 }),
  })
  .map(({ member: toggle, policies, boundary }) => ({
    policies,
    ...(toggle && { member: toggle }),
    ...(boundary && { boundary: { Statement: boundary } }),
  }));

const texts = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"];
const numbers = ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan"];
const arns = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"];

/** An operator with a key and values that it can be asked of. */
const condition: fc.Arbitrary<NonNullable<Statement["Condition"]>> = fc
  .oneof(
    operation(
      [...texts, "StringNotEqualsIgnoreCase"],
      ["ses:FromAddress", "ses:FeedbackAddress", "ses:FromDisplayName", "ses:TenantName"],
      ["a@a.org", "A@a.org", "*@a.org", "*@b.*", "*"],
    ),
    operation([...texts, ...numbers, "NumericGreaterThanEquals"], ["ses:ApiVersion"], ["1", "2", 2, "2.0"]),
    operation(["Bool", "StringEquals"], ["aws:MultiFactorAuthPresent", "aws:SecureTransport"], ["true", "false", true]),
    operation(["Null"], ["aws:MultiFactorAuthPresent", "ses:FromAddress", "ses:TenantName"], ["true", false]),
    operation(["IpAddress", "NotIpAddress"], ["aws:SourceIp"], ["192.0.2.1/32", "0.0.0.0/0", "::/0"]),
    operation(numbers, ["aws:MultiFactorAuthAge"], ["3600", 7200]),
    operation(arns, ["iam:PermissionsBoundary"], ["arn:aws:iam::*:policy/a", "arn:aws:iam::123456789012:policy/?"]),
    operation(
      [...arns, ...texts, ...numbers, "DateLessThan", "DateNotEquals", "BinaryEquals"],
      ["ses:ReplicaRegion"],
      ["a"],
    ),
    operation(
      setsOf(["StringLike", "StringNotLike", "StringEquals"]),
      ["ses:Recipients"],
      ["a@a.org", "*@a.org", "*@b.*"],
    ),
    operation(setsOf(texts), ["ses:FromAddress", "ses:TenantName"], ["a@a.org", "*@a.org", "*@b.*"]),
  )
  .map(({ operator, key, values }) => ({ [operator]: { [key]: values } }));

/** The forms of operators for keys with several values. */
export function setsOf(operators: readonly string[]): readonly string[] {
  return operators.flatMap((one) => [`ForAllValues:${one}`, `ForAnyValue:${one}`]);
}

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
    statement: wildStatement,
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
  ...["*", userArn, "arn:aws:iam::123456789012:user/other", "arn:aws:iam::123456789012:root", "123456789012"],
);

const named: fc.Arbitrary<Pick<Statement, "Principal" | "NotPrincipal">> = fc
  .record({
    AWS: fc.oneof(principals, fc.uniqueArray(principals, { minLength: 1, maxLength: 2 })),
    negated: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ AWS, negated }) => (negated === 0 ? { NotPrincipal: { AWS } } : { Principal: AWS === "*" ? "*" : { AWS } }));

const onIdentity: fc.Arbitrary<Document> = fc
  .record({
    Effect: fc.constantFrom("Allow" as const, "Deny" as const),
    Action: few(fc.constantFrom(...actions.filter((one) => /^ses:/i.test(one)))),
    Resource: fc.constant("arn:aws:ses:eu-west-1:111111111111:identity/a.org"),
    named,
    Condition: fc.option(condition, { nil: undefined, freq: 2 }),
  })
  .map(({ named: principal, Condition, ...one }) => ({
    Statement: { ...one, ...principal, ...(Condition && { Condition }) },
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
    member,
    policies: fc.array(attachedOf(fc.oneof(conditional, sending)), { minLength: 0, maxLength: 3 }),
    boundary: fc.option(fc.array(fc.oneof(conditional, sending), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
      freq: 2,
    }),
    control: fc.option(fc.array(conditional, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
    onIdentities: fc.array(onIdentity, { minLength: 0, maxLength: 1 }),
  })
  .map(({ member: toggle, policies, boundary, control, onIdentities }) => ({
    policies,
    ...(toggle && { member: toggle }),
    ...(boundary && { boundary: { Statement: boundary } }),
    ...(control && { control: [{ Statement: control }] }),
    onIdentities,
  }));
