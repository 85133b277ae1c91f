import assert from "node:assert/strict";
import type { Span } from "../../../src/core/source";
import { text, unknown } from "../../../src/core/text";
import type { CredentialForm, Path, Trace, Value } from "../../../src/core/value";
import type { Flow } from "../../../src/model/credentials/flows";
import {
  eachOnce,
  misusesInOutputs,
  nameOfValue,
  replacing,
  type JudgedMisuse,
} from "../../../src/model/credentials/misuses";
import type { Output } from "../../../src/model/model";
import { modelWith, span } from "../build";

const at = span(0);

/** A way from the key over so many places, the last of which is where the credential is. */
function way(...steps: readonly (readonly [number, string])[]): Path {
  return steps.reduce<Path>((before, [place, what]) => ({ at: span(place), what, before }), {
    at: span(100),
    what: "aws_iam_access_key.mail.secret",
  });
}

function flowOf(path: Path, credential = "aws_iam_access_key.mail"): Flow {
  const trace: Trace = { credential, form: "secret-access-key", certainty: "is", path };
  return { trace, guard: [], unknown: undefined, through: undefined, entryAt: undefined };
}

function output(name: string, form: CredentialForm, module = ""): Output {
  const { trace } = flowOf(way());
  const value = unknown("after-apply", "x", at, { traces: [{ ...trace, form }] });
  const address = `${module}output.${name}`;
  return { address, at, guard: [], name, value, valueAt: at, sensitive: true, exported: false };
}

describe("a misused credential", () => {
  const misuse = (place: number, sink: number, flow: Flow): JudgedMisuse => {
    const sinkAt: Span = span(sink);
    const taken = { name: "SMTP_PASSWORD", at: sinkAt, subject: "x" };
    return { flow, at: span(place), sink: taken, first: undefined, level: "error" };
  };
  const first = misuse(1, 2, flowOf(way([1, "local.x"])));
  const table: readonly (readonly [string, JudgedMisuse, number])[] = [
    ["twice at one place", misuse(1, 3, flowOf(way())), 1],
    ["twice along one way, the later place last", misuse(4, 5, flowOf(way([2, "module.a.x"]))), 1],
    ["twice along one way, the later place first", misuse(6, 1, flowOf(way())), 1],
    ["at two places", misuse(4, 5, flowOf(way([6, "local.y"]))), 2],
    ["at one place, of two keys", misuse(1, 2, flowOf(way([1, "local.x"]), "other")), 2],
  ];
  for (const [what, second, expected] of table) {
    it(`is told ${expected === 1 ? "once" : "for each"}: ${what}`, () => {
      assert.equal(eachOnce([first, second]).length, expected);
    });
  }

  it("is told of the outputs that are called so, those of modules first", () => {
    const model = modelWith({
      outputs: [output("password", "secret-access-key"), output("key", "secret-access-key")],
      innerOutputs: [output("password", "secret-access-key", "module.a.")],
    });
    const found = misusesInOutputs(
      model,
      (name) => name === "password",
      () => true,
    );
    assert.deepEqual(
      found.map(({ sink }) => sink.subject),
      ["module.a.output.password", "output.password"],
    );
  });
});

describe("the fix of a misused credential", () => {
  const words = {
    read: "aws_iam_access_key.mail.secret",
    instead: "ses_smtp_password_v4",
    form: "smtp-password",
  } as const;
  const inModule = way([1, "module.mail.secret"]);
  const table: readonly (readonly [string, Path, readonly Output[], string])[] = [
    ["reads another attribute", way(), [], "Replace aws_iam_access_key.mail.secret with ses_smtp_password_v4."],
    [
      "reads another attribute through a local that is called like a module",
      way([1, "local.module.mail.secret"]),
      [],
      "Replace aws_iam_access_key.mail.secret with ses_smtp_password_v4.",
    ],
    [
      "takes another output of the module",
      inModule,
      [output("secret", "secret-access-key", "module.mail."), output("smtp", "smtp-password", "module.mail.")],
      "Replace module.mail.secret with module.mail.smtp.",
    ],
    [
      "adds an output to the module, whatever another has",
      inModule,
      [output("smtp", "smtp-password", "module.other.")],
      "Output ses_smtp_password_v4 in module.mail, and replace module.mail.secret with that.",
    ],
    [
      "keeps to what a variable is given",
      way([1, "var.password"]),
      [],
      "Replace aws_iam_access_key.mail.secret with ses_smtp_password_v4.",
    ],
    [
      "takes another output of the module, through whatever local it came",
      way([1, "module.mail.secret"], [2, "local.module.x"]),
      [output("smtp", "smtp-password", "module.mail.")],
      "Replace module.mail.secret with module.mail.smtp.",
    ],
    [
      "reads another attribute of what a variable is given that is called like a module",
      way([1, "var.module.mail.secret"]),
      [],
      "Replace aws_iam_access_key.mail.secret with ses_smtp_password_v4.",
    ],
  ];
  for (const [what, path, innerOutputs, expected] of table) {
    it(what, () => {
      assert.equal(replacing(modelWith({ innerOutputs }), flowOf(path), words).text, expected);
    });
  }

  it("takes an output that holds more than one credential", () => {
    const smtp = output("all", "smtp-password", "module.mail.");
    const secret = output("all", "secret-access-key", "module.mail.");
    const value: Value = {
      kind: "list",
      shape: "list",
      items: [secret.value, smtp.value].map((each) => ({ guard: [], value: each })),
      at,
    };
    const model = modelWith({ innerOutputs: [{ ...smtp, value }] });
    assert.equal(replacing(model, flowOf(inModule), words).text, "Replace module.mail.secret with module.mail.all.");
  });
});

describe("the name of a value", () => {
  const table: readonly (readonly [Value, string | undefined])[] = [
    [unknown("no-default", "a variable", at, { id: "var.smtp_password" }), "var.smtp_password"],
    [text("arn:aws:secretsmanager:eu-west-1:1:secret:mail:SMTP_PASSWORD::", at), "SMTP_PASSWORD"],
    [text("arn:aws:ssm:eu-west-1:1:parameter/mail/SMTP_PASSWORD", at), "SMTP_PASSWORD"],
    [text("SMTP_PASSWORD", at), undefined],
    [{ kind: "null", at }, undefined],
  ];
  for (const [value, expected] of table) {
    it(`is ${expected ?? "none"}`, () => {
      assert.equal(nameOfValue(value), expected);
    });
  }
});
