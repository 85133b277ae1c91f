import assert from "node:assert/strict";
import type { Guard } from "../../src/core/guard";
import { guardText, when } from "../../src/core/guard";
import { decodeJson } from "../../src/core/json";
import { printable } from "../../src/core/message";
import { text, unknown } from "../../src/core/text";
import type { Value } from "../../src/core/value";
import { policyDocument, type EvaluatedBody } from "../../src/input/terraform/policy-document";

const at = { file: "x.tf", start: 0, end: 0 };

/** Arguments as JSON would have them; an array of objects is nested blocks. `<x>` is an unknown, `?x?` a guard. */
type Argument = string | readonly string[];
type Inner = Readonly<Record<string, Argument>>;
type Statement = Readonly<Record<string, Argument | readonly Inner[]>>;
type Written = Readonly<Record<string, Argument | readonly Statement[]>>;

function body(written: Written): EvaluatedBody {
  return {
    at,
    guard: guardOf(written),
    arguments: [],
    argument(name) {
      const value = written[name];
      return value === undefined || name === "when" || isBlocks(value) ? undefined : valueOf(value);
    },
    blocks(type) {
      const value = written[type];
      return value !== undefined && isBlocks(value) ? value.map(body) : [];
    },
  };
}

function guardOf(written: Written): Guard {
  return typeof written["when"] === "string" ? when(written["when"], "true") : [];
}

function isBlocks(value: Argument | readonly Statement[]): value is readonly Statement[] {
  return typeof value !== "string" && typeof value[0] === "object";
}

function valueOf(written: Argument): Value {
  if (typeof written !== "string") {
    const items = written.map((item) => ({ guard: [], value: valueOf(item) }));
    return { kind: "list", shape: "list", items, at };
  }
  const id = /^<(.*)>$/.exec(written)?.[1];
  return id === undefined ? text(written, at) : unknown("no-default", id, at, { id });
}

/** The statements of the merged document, each on a line. */
function merged(written: Written): readonly string[] {
  const [piece] = policyDocument(body(written)).pieces;
  assert.equal(piece?.kind, "encoded");
  const statements =
    piece.value.kind === "map" ? piece.value.entries.find((one) => one.key === "Statement") : undefined;
  const list = statements?.value;
  assert.equal(list?.kind, "list");
  const rest = list.rest === undefined ? [] : [`... ${list.rest.reason.what}`];
  return [
    ...list.items.map((item) => {
      const guard = item.guard.length === 0 ? "" : ` when ${guardText(item.guard)}`;
      return shown(item.value) + guard;
    }),
    ...rest,
  ];
}

function shown(value: Value): string {
  switch (value.kind) {
    case "map":
      return `{${value.entries.map((entry) => `${entry.key}: ${shown(entry.value)}`).join(", ")}}`;
    case "list":
      return `[${value.items.map((item) => shown(item.value)).join(", ")}]`;
    case "null":
    case "bool":
    case "number":
    case "text":
    case "unknown":
    case "choice":
      return printable(value);
  }
}

const source = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Send", Effect: "Allow", Action: "ses:SendEmail", Resource: "*" },
    { Effect: "Allow", Action: "ses:GetSendQuota", Resource: "*" },
  ],
});
const overriding = JSON.stringify({
  Statement: { Sid: "Send", Effect: "Allow", Action: "ses:SendRawEmail", Resource: "*" },
});

const cases: Readonly<Record<string, readonly [Written, ...string[]]>> = {
  "allows by default and writes a list of one item as the item": [
    { statement: [{ actions: ["ses:SendRawEmail"], resources: ["*"] }] },
    "{Effect: Allow, Action: ses:SendRawEmail, Resource: *}",
  ],
  "keeps lists, denials and what a statement does not apply to": [
    { statement: [{ effect: "Deny", not_actions: ["a:b", "c:d"], not_resources: ["x", "y"] }] },
    "{Effect: Deny, NotAction: [a:b, c:d], NotResource: [x, y]}",
  ],
  "turns &{} into IAM's variables": [
    { statement: [{ actions: ["iam:*"], resources: ["arn:aws:iam::*:user/&{aws:username}"] }] },
    "{Effect: Allow, Action: iam:*, Resource: arn:aws:iam::*:user/${aws:username}}",
  ],
  "groups conditions by test and variable": [
    {
      statement: [
        {
          actions: ["ses:*"],
          resources: ["*"],
          condition: [
            { test: "StringEquals", variable: "ses:FromAddress", values: ["a@example.com"] },
            { test: "StringEquals", variable: "ses:FromAddress", values: ["b@example.com"] },
            { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
          ],
        },
      ],
    },
    "{Effect: Allow, Action: ses:*, Resource: *, Condition: {Bool: {aws:SecureTransport: true}, StringEquals: {ses:FromAddress: [a@example.com, b@example.com]}}}",
  ],
  "names principals by type": [
    { statement: [{ actions: ["ses:*"], principals: [{ type: "AWS", identifiers: ["arn:aws:iam::1:root"] }] }] },
    "{Effect: Allow, Action: ses:*, Principal: {AWS: arn:aws:iam::1:root}}",
  ],
  "starts with the source documents": [
    { source_policy_documents: [source], statement: [{ actions: ["s3:GetObject"], resources: ["*"] }] },
    "{Sid: Send, Effect: Allow, Action: ses:SendEmail, Resource: *}",
    "{Effect: Allow, Action: ses:GetSendQuota, Resource: *}",
    "{Effect: Allow, Action: s3:GetObject, Resource: *}",
  ],
  "lets a statement take the place of a source's with its Sid": [
    { source_json: source, statement: [{ sid: "Send", actions: ["ses:SendRawEmail"], resources: ["*"] }] },
    "{Sid: Send, Effect: Allow, Action: ses:SendRawEmail, Resource: *}",
    "{Effect: Allow, Action: ses:GetSendQuota, Resource: *}",
  ],
  "lets overriding documents have the last word": [
    {
      override_policy_documents: [overriding],
      statement: [{ sid: "Send", actions: ["ses:*"], resources: ["*"] }],
    },
    "{Sid: Send, Effect: Allow, Action: ses:SendRawEmail, Resource: *}",
  ],
  "keeps a statement where what overrides it is not there": [
    {
      source_policy_documents: [source],
      statement: [{ when: "var.raw", sid: "Send", actions: ["ses:SendRawEmail"], resources: ["*"] }],
    },
    "{Sid: Send, Effect: Allow, Action: ses:SendRawEmail, Resource: *} when var.raw",
    "{Sid: Send, Effect: Allow, Action: ses:SendEmail, Resource: *} when not var.raw",
    "{Effect: Allow, Action: ses:GetSendQuota, Resource: *}",
  ],
  "does not know what a statement is worth that an unknown document may override": [
    {
      override_policy_documents: ["<var.policy>"],
      statement: [
        { sid: "Send", actions: ["ses:*"], resources: ["*"] },
        { actions: ["s3:*"], resources: ["*"] },
      ],
    },
    "{Sid: Send, Action: ses:*, Resource: *, Effect: ${…}}",
    "{Effect: Allow, Action: s3:*, Resource: *}",
    "... var.policy",
  ],
  "may be overridden by a statement whose Sid is unknown": [
    {
      source_json: source,
      statement: [{ sid: "<var.sid>", actions: ["ses:SendRawEmail"], resources: ["*"] }],
    },
    "{Sid: Send, Action: ses:SendEmail, Resource: *, Effect: ${…}}",
    "{Effect: Allow, Action: ses:GetSendQuota, Resource: *}",
    "{Sid: ${var.sid}, Effect: Allow, Action: ses:SendRawEmail, Resource: *}",
  ],
  "passes over documents that are empty": [
    { source_json: "", override_policy_documents: ["", " "], statement: [{ actions: ["ses:*"], resources: ["*"] }] },
    "{Effect: Allow, Action: ses:*, Resource: *}",
  ],
  "has unknown statements where a source is not JSON": [{ source_policy_documents: ["{"] }, "... a policy document"],
};

describe("aws_iam_policy_document", () => {
  for (const [what, [written, ...expected]] of Object.entries(cases)) {
    it(what, () => {
      assert.deepEqual(merged(written), expected);
    });
  }

  it("keeps the place of an action in a source document", () => {
    const place = { file: "policy.json", start: 0, end: overriding.length };
    const decoded = decodeJson(text(overriding, place));
    assert.equal(decoded.kind, "value");
    const data: EvaluatedBody = {
      at,
      guard: [],
      arguments: [],
      argument: (name) => (name === "source_json" ? text(overriding, place) : undefined),
      blocks: () => [],
    };
    const start = overriding.indexOf("ses:SendRawEmail");
    const found = JSON.stringify(policyDocument(data)).includes(`"start":${start},"end":${start + 16}`);
    assert.equal(found, true);
  });
});

describe("the version of a merged policy document", () => {
  const old = JSON.stringify({ Version: "2008-10-17", Statement: [] });
  const cases: readonly (readonly [string, Written, string])[] = [
    ["is the current one where nothing says another", {}, "2012-10-17"],
    ["is the old one where the block says so", { version: "2008-10-17" }, "2008-10-17"],
    ["is never older than the block's", { source_policy_documents: [old] }, "2012-10-17"],
    ["is the latest of all", { version: "2008-10-17", override_policy_documents: [old, source] }, "2012-10-17"],
  ];
  for (const [name, written, version] of cases) {
    it(name, () => {
      const [piece] = policyDocument(body(written)).pieces;
      assert.equal(piece?.kind, "encoded");
      assert.match(shown(piece.value), new RegExp(`^\\{Version: ${version}, `));
    });
  }
});
