import assert from "node:assert/strict";
import { text } from "../../../src/core/text";
import type { Value } from "../../../src/core/value";
import { mayDo } from "../../../src/model/permissions/permissions";
import { inline, mapOf, maySend, send, told, withStatements } from "../ask";
import { modelOf, on, open, place, theUser, valueOf, type Statement } from "../system";

type Element = NonNullable<Statement["Condition"]>;

function like(...some: readonly string[]): Element {
  return { StringLike: { "ses:FromAddress": some } };
}

function notLike(...some: readonly string[]): Element {
  return { StringNotLike: { "ses:FromAddress": some } };
}

function from(...some: readonly string[]): Element {
  return { StringEquals: { "ses:FromAddress": some } };
}

function recipients(operator: string, ...some: readonly string[]): Element {
  return { [operator]: { "ses:Recipients": some } };
}

function source(operator: "IpAddress" | "NotIpAddress", ...some: readonly string[]): Element {
  return { [operator]: { "aws:SourceIp": some } };
}

function time(operator: string, day: string): Element {
  return { [operator]: { "aws:CurrentTime": day } };
}

function team(operator: string, name: string): Element {
  return { [operator]: { "aws:PrincipalTag/team": name } };
}

describe("what Denies leave of an Allow", () => {
  const table: readonly (readonly [string, Element, readonly Element[], string])[] = [
    ["all of an address of the domain that is spared", from("a@a.org"), [notLike("*@a.org")], "yes"],
    ["nothing of another's", from("a@b.org"), [notLike("*@a.org")], "no"],
    ["one of two addresses", from("a@a.org", "a@b.org"), [like("*@b.*")], "yes"],
    ["neither of two addresses, taken one by one", from("a@a.org", "a@b.org"), [like("*@b.*"), from("a@a.org")], "no"],
    ["an address with the letter elsewhere than in front", {}, [like("a*"), notLike("*a*")], "yes"],
    ["nothing between a domain and all others", {}, [like("*@a.org", "*@b.org"), notLike("*@b.org")], "no"],
    ["what both spare", {}, [notLike("a*"), notLike("*@a.org")], "yes"],
    ["nothing where no address is spared by both", {}, [notLike("a@*"), notLike("b@*")], "no"],
    ["the address whose case differs", like("*@a.org"), [from("a@a.org"), notLike("?@a.org")], "yes"],
    ["all that every address is", {}, [like("*@*")], "no"],
    [
      "no case of an address that is denied without case",
      { StringEqualsIgnoreCase: { "ses:FromAddress": "A@A.org" } },
      [{ StringEqualsIgnoreCase: { "ses:FromAddress": "a@a.ORG" } }],
      "no",
    ],
    [
      "other cases of an address that is denied with its case",
      { StringEqualsIgnoreCase: { "ses:FromAddress": "a@a.org" } },
      [from("a@a.org")],
      "yes",
    ],
    [
      "an address that none of two operators is about",
      from("A@a.org"),
      [from("a@a.org"), { StringEqualsIgnoreCase: { "ses:FromAddress": "b@a.org" } }],
      "yes",
    ],
    [
      "nothing of an address that one of two operators is about without case",
      from("B@a.org"),
      [from("a@a.org"), { StringEqualsIgnoreCase: { "ses:FromAddress": "b@a.org" } }],
      "no",
    ],
    [
      "a network by any of its addresses",
      source("IpAddress", "192.0.2.77/24"),
      [source("IpAddress", "192.0.2.64/26", "192.0.2.128/25", "192.0.3.0/24")],
      "yes",
    ],
    [
      "what is between two networks",
      source("IpAddress", "192.0.2.0/24"),
      [source("IpAddress", "192.0.2.0/25", "192.0.2.192/26")],
      "yes",
    ],
    [
      "recipients that are all allowed",
      recipients("ForAllValues:StringLike", "*@a.org"),
      [recipients("ForAnyValue:StringNotLike", "*@a.org")],
      "yes",
    ],
    [
      "no recipients where each must be two things",
      recipients("ForAllValues:StringLike", "*@a.org"),
      [recipients("ForAnyValue:StringNotLike", "*@b.org")],
      "no",
    ],
    [
      "mail to two where one is enough for each",
      recipients("ForAnyValue:StringLike", "*@a.org"),
      [recipients("ForAllValues:StringLike", "*@a.org"), recipients("ForAllValues:StringNotLike", "*@b.org")],
      "yes",
    ],
    [
      "nothing of two halves of a network",
      source("IpAddress", "192.0.2.0/24"),
      [source("IpAddress", "192.0.2.0/25", "192.0.2.128/25")],
      "no",
    ],
    [
      "the last address of a network",
      source("IpAddress", "192.0.2.0/24"),
      [
        source(
          "IpAddress",
          "192.0.2.0/25",
          "192.0.2.128/26",
          "192.0.2.192/27",
          "192.0.2.224/28",
          "192.0.2.240/29",
          "192.0.2.248/30",
          "192.0.2.252/31",
          "192.0.2.254",
        ),
      ],
      "yes",
    ],
    [
      "a network of version 6 in another",
      source("IpAddress", "2001:db8:1::/48"),
      [source("NotIpAddress", "2001:db8::/32")],
      "yes",
    ],
    [
      "no network of version 6 in one of version 4",
      source("IpAddress", "2001:db8::/32"),
      [source("NotIpAddress", "0.0.0.0/0")],
      "no",
    ],
    ["what comes by a VPC endpoint, which has no address", {}, [source("IpAddress", "0.0.0.0/0", "::/0")], "yes"],
    [
      "nothing of an address or none",
      {},
      [source("IpAddress", "0.0.0.0/0", "::/0"), { Null: { "aws:SourceIp": "true" } }],
      "no",
    ],
    [
      "one condition of a statement that fails",
      {},
      [{ ...like("*@a.org"), ...recipients("ForAnyValue:StringLike", "*@b.org") }, notLike("*@a.org")],
      "yes",
    ],
    [
      "nothing where each way to fail is closed",
      {},
      [
        { ...like("*@a.org"), ...recipients("ForAnyValue:StringLike", "*@b.org") },
        notLike("*@a.org"),
        recipients("ForAllValues:StringNotLike", "*@b.org"),
      ],
      "no",
    ],
    [
      "nothing between two days, whatever the day",
      time("DateLessThan", "2026-01-01"),
      [time("DateLessThanEquals", "2026-01-01T00:00:00Z")],
      "no",
    ],
    [
      "what only the day decides",
      time("DateLessThan", "2026-01-01"),
      [time("DateLessThan", "2025-01-01")],
      "maybe: aws:CurrentTime of a request",
    ],
    ["nothing of a team that is denied", team("StringEquals", "mail"), [team("StringLike", "m*")], "no"],
    [
      "what only the team decides",
      team("StringLike", "m*"),
      [team("StringEquals", "mail")],
      "maybe: aws:PrincipalTag/team of a request",
    ],
    [
      "a request that is none of the team's business",
      {},
      [{ ...team("StringEquals", "mail"), ...like("*@a.org") }],
      "yes",
    ],
  ];
  for (const [what, allowed, denied, expected] of table) {
    it(`is ${what}: ${expected}`, () => {
      const denies = denied.map((Condition): Statement => ({ ...send, Effect: "Deny", Condition }));
      assert.equal(told(maySend(modelOf(inline({ ...send, Condition: allowed }, ...denies)))), expected);
    });
  }

  it("is a session with MFA that is young enough, in whole seconds", () => {
    const age = (operator: string, Effect: Statement["Effect"], seconds: string): Statement => {
      return {
        Effect,
        Action: "ses:*",
        Resource: "*",
        Condition: { [operator]: { "aws:MultiFactorAuthAge": seconds } },
      };
    };
    const answer = (...statements: readonly Statement[]) => {
      const model = modelOf(inline(...statements));
      return mayDo(model, theUser(model), "ses:SendEmail").answer;
    };
    const young = age("NumericLessThan", "Allow", "3600");
    assert.equal(answer(young, age("NumericLessThan", "Deny", "3599")), "yes");
    assert.equal(answer(young, age("NumericLessThanEquals", "Deny", "3599")), "no");
    assert.equal(answer(young, age("NumericNotEquals", "Deny", "10.5")), "no");
  });

  it("has a place where nothing is left", () => {
    const denies = [like("*@a.org"), notLike("*@a.org")].map((Condition): Statement => {
      return { ...send, Effect: "Deny", Condition };
    });
    const answer = maySend(modelOf(inline(send, ...denies)));
    assert.ok(answer.answer === "no" && answer.denied.length === 2);
  });

  it("is told of many, by the conditions that a request surely fails", () => {
    const deny = (name: string): Statement => {
      // Of several recipients it is not known whether any or all are compared.
      const StringLike = { "ses:Recipients": "*@a.org", "ses:FromAddress": `${name}@*` };
      return { ...send, Effect: "Deny", Condition: { StringLike } };
    };
    const many = Array.from({ length: 40 }, (_, i) => deny(`a${i}`));
    assert.equal(told(maySend(modelOf(inline(send, ...many)))), "yes");
  });

  it("is told under the toggles of what takes it between them", () => {
    const deny = (Condition: Element): Statement => ({ ...send, Effect: "Deny", Condition });
    const model = modelOf({
      policies: [
        { route: "inline", document: { Statement: send } },
        { route: "inline", toggle: "p", document: { Statement: deny(like("*@a.org")) } },
        { route: "inline", toggle: "q", document: { Statement: deny(notLike("*@a.org")) } },
      ],
    });
    assert.equal(told(maySend(model)), "no if var.p and var.q");
  });
});

describe("what Denies leave of values that are not known", () => {
  const sender = open("var.sender");
  const other = open("var.other");
  const is = (operator: string, value: Value) => mapOf({ [operator]: mapOf({ "ses:FromAddress": value }) });
  const address = text("a@a.org", place());
  const domain = valueOf("*@a.org");
  const list: Value = { kind: "list", shape: "list", items: [], rest: sender, at: sender.at };
  const toggled: Value = { kind: "choice", at: sender.at, options: [{ guard: on("p"), value: address }] };
  const everyone: Value = { kind: "choice", at: sender.at, options: [{ guard: on("p"), value: text("*", sender.at) }] };
  const table: readonly (readonly [string, Value | undefined, readonly Value[], string])[] = [
    ["nothing of the same value", is("StringEquals", sender), [is("StringEquals", sender)], "no"],
    ["nothing of the same pattern", is("StringLike", sender), [is("StringLike", sender)], "no"],
    ["all of the value that alone is spared", is("StringEquals", sender), [is("StringNotEquals", sender)], "yes"],
    [
      "nothing of all others and the value itself",
      undefined,
      [is("StringEquals", sender), is("StringNotEquals", sender)],
      "no",
    ],
    ["an address that is not denied", undefined, [is("StringEquals", sender), is("StringEquals", other)], "yes"],
    [
      "an address of a domain that is not the one denied",
      is("StringLike", domain),
      [is("StringEquals", sender)],
      "yes",
    ],
    ["a value, whatever its domain is", is("StringEquals", sender), [is("StringLike", domain)], "maybe: var.sender"],
    ["a value beside another", is("StringEquals", sender), [is("StringEquals", other)], "maybe: var.sender"],
    [
      "an address that a pattern may take",
      is("StringEquals", address),
      [is("StringLike", sender)],
      "maybe: var.sender",
    ],
    ["a list that may be empty", is("StringEquals", list), [], "maybe: var.sender"],
    ["an address that is none of a list", is("StringLike", domain), [is("StringEquals", list)], "yes"],
    ["what a list of patterns spares", undefined, [is("StringLike", list)], "maybe: var.sender"],
    ["an address under a toggle", is("StringEquals", toggled), [], "no if not var.p"],
    ["the other toggle's addresses", undefined, [is("StringEquals", toggled)], "yes"],
    ["nothing where a toggle denies every address", undefined, [is("StringLike", everyone)], "no if var.p"],
  ];
  for (const [what, allowed, denied, expected] of table) {
    it(`is ${what}: ${expected}`, () => {
      const statement = (effect: string, condition: Value | undefined) => ({
        Effect: valueOf(effect),
        Action: valueOf("ses:SendRawEmail"),
        Resource: valueOf("*"),
        ...(condition && { Condition: condition }),
      });
      const model = withStatements(statement("Allow", allowed), ...denied.map((one) => statement("Deny", one)));
      assert.equal(told(maySend(model)), expected);
    });
  }
});
