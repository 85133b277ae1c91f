import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { text, unknown } from "../../../src/core/text";
import type { Choice, Definite, Piece, Text, Trace, Unknown, Value } from "../../../src/core/value";
import { doubtsOf, flowsInto, flowsOf, placeInSetting } from "../../../src/model/credentials/flows";
import { fieldsRead } from "../../../src/model/credentials/store-fields";
import type { Setting, SettingGroup } from "../../../src/model/model";
import { modelWith, span } from "../build";
import { open, referenceTo } from "../system";

const at = span(0);

function setting(name: string, value: Value = text("x", at), guard: Setting["guard"] = []): Setting {
  return { name, nameAt: at, value, place: "secret", guard };
}

function store(address: string, readAs: readonly Value[], names: readonly string[]): SettingGroup {
  return { address, at, guard: [], kind: "store", readAs, settings: names.map((name) => setting(name)) };
}

function around(...parts: readonly (string | Unknown)[]): Text {
  const pieces = parts.flatMap((part): readonly Piece[] =>
    typeof part === "string" ? text(part, at).pieces : [{ kind: "hole", unknown: part }],
  );
  return { kind: "text", pieces, at };
}

const arn = referenceTo("secret.mail", "arn");
const stores = [
  store("secret.mail", [text("mail", at), referenceTo("version.mail", "arn")], ["user", "smtp.password"]),
  store("parameter.key", [text("/mail/key", at)], ["key"]),
  store("nameless", [text("", at), open("var.name")], ["x"]),
  { ...store("settings.web", [text("web", at)], ["port"]), kind: "settings" as const },
];

describe("fields of stores", () => {
  const table: readonly (readonly [string, Value, readonly string[]])[] = [
    ["all under one name by the whole store", text("/mail/key", at), ["key"]],
    ["none of several by the whole store", text("mail", at), []],
    ["one by name and field", text("mail:user", at), ["user"]],
    ["one by the end of its path", text("mail:password", at), ["smtp.password"]],
    ["none by a part of a name", text("mail:word", at), []],
    ["none of a store whose name starts so", text("mails:user", at), []],
    ["none of a store whose name ends so", text("email:user", at), []],
    ["one by ARN and field", text("arn:aws:secretsmanager:eu-west-1:1:secret:mail:user::", at), ["user"]],
    ["all by the ARN of a parameter", text("arn:aws:ssm:eu-west-1:1:parameter/mail/key", at), ["key"]],
    ["none of a parameter below another", text("arn:aws:ssm:eu-west-1:1:parameter/eu/mail/key", at), []],
    ["none of a parameter below it", text("arn:aws:ssm:eu-west-1:1:parameter/mail/key/2", at), []],
    ["all by the ARN with the suffix that AWS adds", text("arn:aws:ssm:eu-west-1:1:x:/mail/key-AbCdEf", at), ["key"]],
    ["none of a secret whose name goes on", text("arn:aws:secretsmanager:eu-west-1:1:secret:mail-two:user::", at), []],
    ["one by dynamic reference", text("{{resolve:secretsmanager:mail:SecretString:user}}", at), ["user"]],
    ["all by dynamic reference", text("{{resolve:ssm:/mail/key}}", at), ["key"]],
    ["all by dynamic reference to a version", text("{{resolve:ssm:/mail/key:3}}", at), ["key"]],
    ["all by reference", referenceTo("parameter.key", "arn"), ["key"]],
    ["none of several by reference", arn, []],
    ["one by reference and field", around("", arn, ":user::"), ["user"]],
    [
      "all by reference and a field that is not known",
      around("", referenceTo("parameter.key", "arn"), ":", open("x")),
      ["key"],
    ],
    ["one by reference in a dynamic reference", around("{{resolve:x:", arn, ":SecretString:user}}"), ["user"]],
    ["one by a reference to what it is read as", around("", referenceTo("version.mail", "arn"), ":user"), ["user"]],
    [
      "all by a text that is a reference",
      { ...text("k", at), ref: { address: "parameter.key", attribute: "x" } },
      ["key"],
    ],
    ["none of a group that is no store", referenceTo("settings.web", "arn"), []],
    ["none by a name that is not known", open("var.secret"), []],
    ["none by no text", text("", at), []],
    ["none by a number", { kind: "number", value: 1, at }, []],
  ];
  for (const [what, value, expected] of table) {
    it(`are read: ${what}`, () => {
      const found = fieldsRead(modelWith({ settings: stores }), value);
      assert.deepEqual(
        found.map(({ field }) => field.name),
        expected,
      );
    });
  }

  it("are read each under the guard of its option", () => {
    const options = [
      { guard: when("var.eu", true), value: text("/mail/key", at) },
      { guard: when("var.eu", false), value: text("mail:user", at) },
    ];
    const found = fieldsRead(modelWith({ settings: stores }), { kind: "choice", options, at });
    assert.deepEqual(
      found.map(({ field, guard }) => [field.name, guard]),
      [
        ["key", when("var.eu", true)],
        ["user", when("var.eu", false)],
      ],
    );
  });

  it("hold a credential where the store, the field and the reader are there", () => {
    const trace = { credential: "key", form: "smtp-password", certainty: "is", path: { at, what: "key" } } as const;
    const secret: Value = { ...open("key.password"), traces: [trace] };
    const flows = (there: { readonly store?: boolean; readonly field?: boolean; readonly reader?: boolean }) => {
      const guardOf = (is: boolean | undefined) => (is === undefined ? [] : when("var.on", is));
      const kept = store("parameter.key", [], []);
      const group = { ...kept, guard: guardOf(there.store), settings: [setting("key", secret, guardOf(there.field))] };
      const reader = setting("SMTP_PASSWORD", referenceTo("parameter.key", "arn"));
      return flowsInto(modelWith({ settings: [group] }), reader, guardOf(there.reader)).map(({ guard }) => guard);
    };
    assert.deepEqual(flows({}), [[]]);
    assert.deepEqual(flows({ store: true }), [when("var.on", true)]);
    assert.deepEqual(flows({ field: true }), [when("var.on", true)]);
    assert.deepEqual(flows({ store: true, field: false }), []);
    assert.deepEqual(flows({ store: true, reader: false }), []);
    assert.deepEqual(flows({ field: true, reader: false }), []);
  });
});

describe("a credential in a value", () => {
  const path = { at: span(5), what: "aws_iam_access_key.mail.secret" };
  const trace: Trace = { credential: "key", form: "secret-access-key", certainty: "is", path };
  const secret: Unknown = { ...open("key.secret"), at: span(4), traces: [trace] };

  it("is looked for as deep as values nest", () => {
    const listed = (value: Value): Definite => ({ kind: "list", shape: "list", items: [{ guard: [], value }], at });
    const chosen = (value: Definite): Choice => ({ kind: "choice", options: [{ guard: when("x", true), value }], at });
    const nested = (depth: number) => {
      let value: Definite = secret;
      for (let i = 0; i < depth; i++) value = listed(i % 2 === 0 ? value : chosen(value));
      return flowsOf(value, []).length;
    };
    assert.equal(nested(50), 1);
    assert.equal(nested(20_000), 0);
  });

  it("is in what more a list or a map has", () => {
    assert.equal(flowsOf({ kind: "list", shape: "list", items: [], rest: secret, at }, []).length, 1);
    assert.equal(flowsOf({ kind: "map", entries: [], rest: secret, at }, []).length, 1);
  });

  it("is there in the worlds of its choices and items, and once where it is there in all of them", () => {
    const guards = (value: Value, given: Setting["guard"] = []) => flowsOf(value, given).map(({ guard }) => guard);
    const either = (yes: Definite, no: Definite): Choice => {
      const options = [yes, no].map((value, i) => ({ guard: when("x", i === 0), value }));
      return { kind: "choice", options, at };
    };
    const perhaps: Definite = { kind: "list", shape: "list", items: [{ guard: when("y", true), value: secret }], at };
    const other: Definite = { kind: "null", at };
    const [x, notX] = [when("x", true), when("x", false)];
    assert.deepEqual(guards(either(secret, secret)), [[]]);
    assert.deepEqual(guards(either(secret, other)), [x]);
    assert.deepEqual(guards(either(secret, other), x), [x]);
    assert.deepEqual(guards(either(secret, other), notX), []);
    assert.deepEqual(guards(either(perhaps, secret)), [[...x, ...when("y", true)], notX]);
  });

  it("stands where it is referred to, or in the value as a whole", () => {
    const wide = { file: "main.tf", start: 40, end: 60 };
    const whole = span(9);
    const places: readonly (readonly [string, Value, Trace["path"], typeof whole])[] = [
      ["a reference inside the value", { ...around("a", secret), at: wide }, path, path.at],
      ["a reference before it", { ...around("a", secret), at: span(6) }, path, whole],
      ["a reference after it", { ...around("a", secret), at: span(4) }, path, whole],
      ["a reference in another file", { ...around("a", secret), at: { ...wide, file: "x.tf" } }, path, whole],
      ["the reference that the value is", secret, path, path.at],
      ["what came through another value", secret, { ...path, before: { at: span(1), what: "x" } }, whole],
      ["what is made and read at one place", { ...secret, at: span(5) }, { ...path, before: path }, whole],
    ];
    for (const [what, value, way, expected] of places) {
      const [flow] = flowsOf(secret, []);
      assert.ok(flow !== undefined);
      assert.deepEqual(
        placeInSetting({ ...flow, trace: { ...trace, path: way } }, { value, nameAt: whole }),
        expected,
        what,
      );
    }
  });

  it("is in doubt for what decides which part of it is kept, or until it is made", () => {
    const told = (unknown: Unknown, certainty: Trace["certainty"]) =>
      flowsOf({ ...unknown, traces: [{ ...trace, certainty }] }, [])
        .flatMap(doubtsOf)
        .map(({ reason }) => reason.kind);
    assert.deepEqual(told(secret, "is"), []);
    for (const kind of ["no-default", "data-source", "remote-module", "import", "limit"] as const) {
      assert.deepEqual(told(unknown(kind, "x", at), "may"), [kind]);
    }
    assert.deepEqual(told(unknown("unsupported", "x", at), "may"), ["after-apply"]);
  });
});
