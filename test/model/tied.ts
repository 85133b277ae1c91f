import fc from "fast-check";
import { setsOf } from "./arbitrary";
import { userArn, type Context } from "./brute-force";
import type { Statement, System } from "./system";

/** Systems in which several conditions on one key decide, and every value that makes a difference for them. */
interface Tied {
  readonly system: System;
  readonly action: string;
  readonly contexts: readonly Context[];
}

/** A key, what conditions say of it, and what requests may have of it; undefined: they may lack it. */
interface Key {
  readonly action: string;
  readonly name: string;
  readonly operators: readonly string[];
  readonly values: fc.Arbitrary<string>;
  readonly universe: readonly (readonly string[] | undefined)[];
}

/** What is known of the one user. */
const ofUser = "mail Mail m* ?ail post P?st p* other * ${aws:username}".split(" ");
const texts = ["StringLike", "StringNotLike", "StringEquals", "StringNotEquals"];
const folded = ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"];
const orders = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** All texts of some letters, of one letter up to a length. */
function words(letters: readonly string[], length: number): readonly string[] {
  const longer = length === 1 ? [] : words(letters, length - 1).flatMap((word) => letters.map((one) => word + one));
  return [...new Set([...letters, ...longer])];
}

/** `c` is a character that no pattern names. */
const names = words(["a", "b", "A", "B", "c"], 4);
/** What is quoted in front of the last `@` may have more of them. */
const addresses = ["a", "b", "ab", "a@b", "bc", "c", "cc"].flatMap((local) =>
  ["a", "b", "c"].map((domain) => `${local}@${domain}`),
);
const pairs = addresses.flatMap((one, i) => addresses.slice(i + 1).map((other) => [one, other]));
/** Statements that only four recipients together are allowed by are hardly ever generated. */
const triples = pairs.flatMap((pair) =>
  addresses.slice(addresses.indexOf(pair[1] ?? "") + 1).map((third) => [...pair, third]),
);

const wild = fc.constantFrom("a@a", "b@a", "a@b", "*@a", "*@b", "a@*", "?@a", "?b@*", "*@*", "*b*@*", "*");
const keys: readonly Key[] = [
  {
    action: "ses:SendRawEmail",
    name: "ses:FromDisplayName",
    operators: [...texts, ...folded, "Null"],
    values: fc
      .array(fc.constantFrom("a", "b", "A", "*", "?"), { minLength: 1, maxLength: 3 })
      .map((some) => some.join("")),
    universe: [...names.map((one) => [one]), undefined],
  },
  {
    action: "ses:SendRawEmail",
    name: "ses:FromAddress",
    operators: texts,
    values: wild,
    universe: addresses.map((one) => [one]),
  },
  {
    action: "ses:SendEmail",
    name: "ses:FeedbackAddress",
    operators: [...texts, ...setsOf(texts), "Null"],
    values: wild,
    universe: [...addresses.map((one) => [one]), undefined],
  },
  {
    action: "ses:SendRawEmail",
    name: "ses:Recipients",
    operators: setsOf(texts),
    values: wild,
    universe: [...addresses.map((one) => [one]), ...pairs, ...triples],
  },
  {
    action: "ses:SendEmail",
    name: "aws:MultiFactorAuthAge",
    operators: [...orders.map((one) => `Numeric${one}`), "Null"],
    values: fc.constantFrom("1", "2", "2.0", "3"),
    universe: [...["0", "1", "2", "3", "4"].map((one) => [one]), undefined],
  },
  {
    action: "ses:SendEmail",
    name: "aws:SourceIp",
    operators: ["IpAddress", "NotIpAddress", "Null"],
    values: fc.constantFrom(
      ...["10.0.0.0/30", "10.0.0.0/31", "10.0.0.1", "10.0.0.2/31", "10.0.0.3/32", "0.0.0.0/1", "128.0.0.0/1", "::/0"],
    ),
    universe: [
      ...["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "192.0.2.1", "2001:db8::1"].map((one) => [one]),
      undefined,
    ],
  },
  {
    action: "ses:SendEmail",
    name: "ses:ApiVersion",
    operators: [...texts, ...orders.map((one) => `Numeric${one}`)],
    values: fc.constantFrom("1", "2", "3"),
    universe: [["1"], ["2"]],
  },
  ...[
    { name: "aws:username", universe: [["mail"]] },
    { name: "aws:PrincipalTag/room", universe: [["post"]] },
  ].map((one) => ({
    ...one,
    action: "ses:SendRawEmail",
    operators: [...texts, ...folded, ...setsOf(texts), "Null"],
    values: fc.constantFrom(...ofUser),
  })),
  {
    action: "ses:SendEmail",
    name: "aws:PrincipalArn",
    operators: [...texts, ...["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]],
    values: fc.constantFrom(
      userArn,
      ...["user/*", "user/m?il", "user/${aws:username}", "user/other", "role/*"].map((one) => `arn:aws:iam::*:${one}`),
    ),
    universe: [[userArn]],
  },
];

type Element = NonNullable<Statement["Condition"]>;

function conditionOn({ name, operators, values }: Key): fc.Arbitrary<Element> {
  return fc
    .record({
      operator: fc.constantFrom(...operators),
      some: fc.uniqueArray(values, { minLength: 1, maxLength: 2 }),
      ifExists: fc.integer({ min: 0, max: 4 }),
      isNull: fc.constantFrom("true", "false"),
    })
    .map(({ operator, some, ifExists, isNull }) => {
      if (operator === "Null") return { Null: { [name]: isNull } };
      return { [`${operator}${ifExists === 0 ? "IfExists" : ""}`]: { [name]: some } };
    });
}

/** Another key, which statements may be about as well. */
function besides({ name }: Key): string {
  return name === "ses:FromDisplayName" ? "ses:FeedbackAddress" : "ses:FromDisplayName";
}

function statementOn(key: Key, Effect: Statement["Effect"], minLength: number): fc.Arbitrary<Statement> {
  const absent = fc.constantFrom("true", "false").map((one): Element => ({ Null: { [besides(key)]: one } }));
  return fc
    .record({
      some: fc.array(conditionOn(key), { minLength, maxLength: 2 }),
      rarely: fc.option(absent, { nil: {}, freq: 4 }),
    })
    .map(({ some, rarely }) => {
      const Condition = [...some, rarely].reduce<Element>((all, one) => ({ ...one, ...all }), {});
      return { Effect, Action: key.action, Resource: "*", ...(Object.keys(Condition).length > 0 && { Condition }) };
    });
}

export const tiedStatement: fc.Arbitrary<Statement> = fc
  .constantFrom(...keys)
  .chain((key) => statementOn(key, "Deny", 1));

const Version = "2012-10-17";

export const tied: fc.Arbitrary<Tied> = fc.constantFrom(...keys).chain((key) =>
  fc
    .record({
      allow: statementOn(key, "Allow", 0),
      denies: fc.array(statementOn(key, "Deny", 1), { minLength: 1, maxLength: 4 }),
      boundary: fc.option(statementOn(key, "Allow", 0), { nil: undefined, freq: 3 }),
    })
    .map(({ allow, denies, boundary }) => ({
      system: {
        policies: [{ route: "inline", document: { Version, Statement: [allow, ...denies] } }],
        ...(boundary && { boundary: { Version, Statement: boundary } }),
      },
      action: key.action,
      contexts: key.universe.flatMap((has) => {
        const own: Context = has === undefined ? {} : { [key.name.toLowerCase()]: has };
        return [own, { ...own, [besides(key).toLowerCase()]: ["a@a"] }];
      }),
    })),
);
