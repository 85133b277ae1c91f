import assert from "node:assert/strict";
import { always, both, when } from "../../../src/core/guard";
import { text, unknown } from "../../../src/core/text";
import type { Text, Value } from "../../../src/core/value";
import { printable } from "../../../src/core/message";
import type { Patterns, Policy, Rest } from "../../../src/model/iam/policy";
import { readPolicy } from "../../../src/model/iam/read-policy";
import { valueOf, place, open } from "../system";

/** A policy as a reader would write it down: one line a statement. */
function told(policy: Policy): readonly string[] {
  const patterns = ({ negated, items, rest }: Patterns) =>
    `${negated ? "not " : ""}[${items.map((item) => printable(item.value)).join(" ")}]${reasons(rest)}`;
  const lines = policy.statements.map((one) => {
    const conditions = one.conditions.map(
      ({ operator, key, values, rest }) =>
        ` ${operator}(${key}: ${values.map((item) => printable(item.value)).join(" ")}${reasons(rest)})`,
    );
    return `${one.effect} ${patterns(one.actions)} on ${patterns(one.resources)}${conditions.join("")}${reasons(one.rest)}`;
  });
  return [...lines, ...(policy.rest.length > 0 ? [`rest${reasons(policy.rest)}`] : [])];
}

function reasons(rest: readonly Rest[]): string {
  return rest.map(({ because }) => ` ?${because.reason.kind}: ${because.reason.what}`).join("");
}

const send = { Effect: "Allow", Action: "ses:SendRawEmail", Resource: "*" };

describe("policy documents", () => {
  const table: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["a statement as an object", { Statement: send }, ["allow [ses:SendRawEmail] on [*]"]],
    ["statements in a list", { Version: "2012-10-17", Statement: [send] }, ["allow [ses:SendRawEmail] on [*]"]],
    [
      "actions in a list",
      { Statement: { ...send, Action: ["ses:SendEmail", "ses:Get*"] } },
      ["allow [ses:SendEmail ses:Get*] on [*]"],
    ],
    [
      "NotAction and NotResource",
      { Statement: { Effect: "Deny", NotAction: "iam:*", NotResource: ["arn:a"] } },
      ["deny not [iam:*] on not [arn:a]"],
    ],
    [
      "numbers and booleans as condition values",
      { Statement: { ...send, Condition: { NumericEquals: { "ses:ApiVersion": 2 }, Bool: { "aws:x": [true] } } } },
      ["allow [ses:SendRawEmail] on [*] NumericEquals(ses:ApiVersion: 2) Bool(aws:x: true)"],
    ],
    [
      "condition values that are none",
      { Statement: { ...send, Condition: { StringEquals: { "aws:x": ["a", {}, null] } } } },
      ["allow [ses:SendRawEmail] on [*] StringEquals(aws:x: a ?invalid: condition value)"],
    ],
    [
      "element names in any case",
      { statement: { effect: "Allow", action: "a:b", resource: "*" } },
      ["allow [a:b] on [*]"],
    ],
    [
      "elements that are null",
      { Statement: { ...send, NotAction: null, NotResource: null, Condition: null, Principal: null } },
      ["allow [ses:SendRawEmail] on [*]"],
    ],
    ["no statements", { Statement: [] }, []],
    [
      "a condition that is none",
      { Statement: { ...send, Condition: "aws:SourceIp" } },
      ["allow [ses:SendRawEmail] on [*] ?invalid: Condition"],
    ],
    [
      "an operator without keys, and one that is not there",
      { Statement: { ...send, Condition: { StringLike: "a", Bool: null, Null: { "aws:x": true } } } },
      ["allow [ses:SendRawEmail] on [*] Null(aws:x: true) ?invalid: Condition"],
    ],
    ["nothing", null, []],
    [
      "an effect that is none",
      { Statement: { ...send, Effect: "allow" } },
      ["unknown [ses:SendRawEmail] on [*] ?invalid: Effect"],
    ],
    [
      "no action",
      { Statement: { Effect: "Allow", Resource: "*" } },
      ["allow [] on [*] ?invalid: statement without Action"],
    ],
    [
      "no resource",
      { Statement: { Effect: "Allow", Action: "ses:*" } },
      ["allow [ses:*] on [] ?invalid: statement without Resource"],
    ],
    [
      "a principal, which an identity policy has not",
      { Statement: { ...send, Principal: "*" } },
      ["allow [ses:SendRawEmail] on [*] ?invalid: Principal in an identity policy"],
    ],
    ["an action that is a number", { Statement: { ...send, Action: 1 } }, ["allow [] ?invalid: pattern on [*]"]],
    ["a statement that is text", { Statement: ["ses:*"] }, ["rest ?invalid: Statement"]],
    ["a document that is a list", [send], ["rest ?invalid: policy document"]],
    ["text that is no JSON", "ses:*", ["rest ?invalid: policy document"]],
    ["empty text", "", ["rest ?invalid: policy document"]],
    ["JSON in JSON", JSON.stringify(JSON.stringify({ Statement: send })), ["rest ?invalid: policy document"]],
    ["JSON text", JSON.stringify({ Statement: send }), ["allow [ses:SendRawEmail] on [*]"]],
  ];
  for (const [what, document, expected] of table) {
    it(`reads ${what}`, () => {
      assert.deepEqual(told(readPolicy(valueOf(document))), expected);
    });
  }

  it("keeps the place of every token of a JSON text", () => {
    const source = '{"Statement": {"Effect": "Allow", "Action": ["ses:SendRawEmail"], "Resource": "*"}}';
    const at = { file: "p.json", start: 0, end: source.length };
    const [statement] = readPolicy(text(source, at)).statements;
    const [action] = statement?.actions.items ?? [];
    assert.equal(source.slice(action?.at.start, action?.at.end), "ses:SendRawEmail");
    assert.equal(source.slice(statement?.actions.at.start, statement?.actions.at.end), "Action");
    assert.equal(source.slice(statement?.effectAt.start, statement?.effectAt.end), "Effect");
  });

  it("reads what jsonencode was given", () => {
    const encoded: Text = {
      kind: "text",
      pieces: [{ kind: "encoded", format: "json", value: valueOf({ Statement: send }), at: place() }],
      at: place(),
    };
    assert.deepEqual(told(readPolicy(encoded)), ["allow [ses:SendRawEmail] on [*]"]);
  });

  it("keeps holes inside a JSON text where they stand", () => {
    const hole = { kind: "hole", unknown: open("var.domain") } as const;
    const document: Text = {
      kind: "text",
      pieces: [
        ...text('{"Statement":{"Effect":"Allow","Action":"ses:*","Resource":"arn:aws:ses:x:1:identity/', place())
          .pieces,
        hole,
        ...text('"}}', place()).pieces,
      ],
      at: place(),
    };
    assert.deepEqual(told(readPolicy(document)), ["allow [ses:*] on [arn:aws:ses:x:1:identity/${var.domain}]"]);
  });

  it("tells what is unknown, and where", () => {
    const parts: readonly (readonly [string, (hole: Value) => Value, readonly string[]])[] = [
      ["the document", (hole) => hole, ["rest ?no-default: var.x"]],
      ["the statements", (hole) => withEntry({}, "Statement", hole), ["rest ?no-default: var.x"]],
      [
        "an action",
        (hole) => statement(withEntry({ Effect: "Allow", Resource: "*" }, "Action", hole)),
        ["allow [${var.x}] on [*]"],
      ],
      [
        "the effect",
        (hole) => statement(withEntry({ Action: "ses:*", Resource: "*" }, "Effect", hole)),
        ["unknown [ses:*] on [*] ?no-default: var.x"],
      ],
      [
        "the condition",
        (hole) => statement(withEntry(send, "Condition", hole)),
        ["allow [ses:SendRawEmail] on [*] ?no-default: var.x"],
      ],
    ];
    for (const [what, build, expected] of parts) {
      assert.deepEqual(
        told(readPolicy(build(unknown("no-default", "var.x", place(), { id: "var.x" })))),
        expected,
        what,
      );
    }
  });

  it("does not know what more conditions there are", () => {
    const more = unknown("no-default", "var.more", place(), { id: "var.more" });
    const condition: Value = { kind: "map", at: place(), entries: [], rest: more };
    assert.deepEqual(told(readPolicy(statement(withEntry(send, "Condition", condition)))), [
      "allow [ses:SendRawEmail] on [*] ?no-default: var.more",
    ]);
  });

  it("has principals where it is a resource's; a number is none", () => {
    const { statements } = readPolicy(valueOf({ Statement: { ...send, Principal: { AWS: ["a", 1] } } }), "resource");
    const principals = statements.map((one) => one.principals);
    assert.deepEqual(
      principals.map((one) => one?.items.map(({ value }) => printable(value))),
      [["a"]],
    );
    assert.deepEqual(
      principals.map((one) => one && reasons(one.rest)),
      [" ?invalid: principal"],
    );
  });

  it("has principals that are not known where it is a resource's", () => {
    const listed: Value = {
      kind: "list",
      shape: "list",
      items: [{ guard: always, value: open("var.one") }],
      rest: open("var.more"),
      at: place(),
    };
    const principal = withEntry({}, "AWS", listed);
    const { statements } = readPolicy(statement(withEntry(send, "Principal", principal)), "resource");
    assert.deepEqual(
      statements.map(({ principals }) => [
        principals?.items.map(({ value }) => printable(value)),
        principals?.rest.length,
      ]),
      [[["${var.one}"], 1]],
    );
  });

  it("makes statements of choices, under guards that exclude each other", () => {
    const guard = when("var.prod", "true");
    const action: Value = {
      kind: "choice",
      options: [
        { guard, value: text("ses:SendRawEmail", place()) },
        { guard: when("var.prod", false), value: text("ses:*", place()) },
      ],
      at: place(),
    };
    const policy = readPolicy(statement(withEntry({ Effect: "Allow", Resource: "*" }, "Action", action)));
    const items = policy.statements.flatMap((one) => one.actions.items);
    assert.deepEqual(
      items.map((item) => printable(item.value)),
      ["ses:SendRawEmail", "ses:*"],
    );
    assert.equal(both(items[0]?.guard ?? always, items[1]?.guard ?? always), undefined);
  });

  it("takes a condition that is not there for one that always matches", () => {
    const condition = valueOf({ StringEquals: { "aws:PrincipalTag/a": "b" } });
    const map = valueOf(send);
    if (map.kind !== "map") throw new Error("An object is a map.");
    const guard = when("IsProd", "true");
    const entries = [...map.entries, { key: "Condition", keyAt: place(), guard, value: condition }];
    const policy = readPolicy(statement({ ...map, entries }));
    assert.deepEqual(
      policy.statements.map((one) => [one.conditions.length, one.guard]),
      [
        [1, guard],
        [0, when("IsProd", false)],
      ],
    );
  });
});

function statement(value: Value): Value {
  return withEntry({}, "Statement", value);
}

function withEntry(json: object, key: string, value: Value): Value {
  const map = valueOf(json);
  if (map.kind !== "map") return map;
  return { ...map, entries: [...map.entries, { key, keyAt: place(), guard: always, value }] };
}
