import assert from "node:assert/strict";
import { text, unknown } from "../../../src/core/text";
import type { Path, Value } from "../../../src/core/value";
import { firstNamed, firstNamedTogether, type Holder } from "../../../src/model/credentials/first-named";
import { flowsOf } from "../../../src/model/credentials/flows";
import type { Output, SettingGroup } from "../../../src/model/model";
import { modelWith, settingsOf, span } from "../build";

/** The key's secret after it went over so many places, the key first. */
function secret(...places: readonly number[]): Value {
  const [first = 0, ...others] = places;
  const start: Path = { at: span(first), what: "aws_iam_access_key.mail.secret" };
  const path = others.reduce<Path>((before, place) => ({ at: span(place), what: "x", before }), start);
  const trace = { credential: "aws_iam_access_key.mail", form: "secret-access-key", certainty: "is", path } as const;
  return unknown("after-apply", "x", path.at, { traces: [trace] });
}

function output(address: string, place: number, value: Value): Output {
  const name = address.slice(address.lastIndexOf(".") + 1);
  return {
    address,
    at: span(place),
    guard: [],
    name,
    value,
    valueAt: span(place + 1),
    sensitive: true,
    exported: false,
  };
}

function holder(name: string, value: Value, address = "kubernetes_secret.mail"): Holder {
  return { address, setting: { name, nameAt: span(90), value } };
}

/** What runs through a value, or the value. */
function carried(value: Value) {
  return flowsOf(value, [])[0] ?? value;
}

const user = text("mailer", span(50));
const key = output("module.mail.output.smtp_password", 10, secret(11));

describe("the output that named a value first", () => {
  const table: readonly (readonly [string, readonly Output[], Holder, string | undefined])[] = [
    ["is that of the module", [key], holder("SMTP_PASSWORD", secret(11, 10)), "module.mail."],
    [
      "is that of the module, after a variable and a local",
      [key],
      holder("PASSWORD", secret(11, 10, 20, 21)),
      "module.mail.",
    ],
    [
      "is that of a nested stack",
      [output("Mail.Outputs.SmtpPassword", 10, secret(11))],
      holder("SMTP_PASSWORD", secret(11, 10)),
      "Mail.",
    ],
    [
      "is that of the module further inside",
      [
        output("module.mail.output.smtp_password", 30, secret(11, 10)),
        output("module.mail.module.user.output.smtp_password", 10, secret(11)),
      ],
      holder("SMTP_PASSWORD", secret(11, 10, 30)),
      "module.mail.module.user.",
    ],
    [
      "is told of what no credential runs through",
      [output("module.mail.output.smtp_user", 10, user)],
      holder("SMTP_USERNAME", user),
      "module.mail.",
    ],
    [
      "is the one further inside, of what no credential runs through",
      [output("module.mail.output.smtp_user", 30, user), output("module.mail.module.user.output.smtp_user", 10, user)],
      holder("SMTP_USERNAME", user),
      "module.mail.module.user.",
    ],
    ["is none that says something else", [key], holder("SMTP_USERNAME", secret(11, 10)), undefined],
    [
      "is none that says nothing",
      [output("module.mail.output.password", 10, secret(11))],
      holder("SMTP_PASSWORD", secret(11, 10)),
      undefined,
    ],
    [
      "is none of another provider",
      [output("module.mail.output.sendgrid_smtp_password", 10, secret(11))],
      holder("SMTP_PASSWORD", secret(11, 10)),
      undefined,
    ],
    [
      "is none of the root",
      [output("output.smtp_password", 10, secret(11))],
      holder("SMTP_PASSWORD", secret(11, 10)),
      undefined,
    ],
    ["is none that it never went through", [key], holder("SMTP_PASSWORD", secret(12, 10)), undefined],
    [
      "is none of the module that it is in",
      [key],
      holder("SMTP_PASSWORD", secret(11, 10), "module.mail.aws_ssm_parameter.mail"),
      undefined,
    ],
    [
      "is none of another of several modules that are declared at once",
      [output('module.mail["a.b"].output.smtp_user', 10, user)],
      holder("SMTP_USERNAME", user, 'module.mail["c\\""].kubernetes_secret.mail'),
      undefined,
    ],
    [
      "is none that stands at the call",
      [{ ...key, valueAt: key.at }],
      holder("SMTP_PASSWORD", secret(11, 10)),
      undefined,
    ],
  ];
  for (const [what, innerOutputs, one, expected] of table) {
    it(what, () => {
      const found = firstNamed(modelWith({ innerOutputs }), one, carried(one.setting.value));
      assert.equal(found?.within, expected);
    });
  }

  it("is an entry of one that is a map", () => {
    const map = output("module.mail.output.smtp", 10, { kind: "map", entries: [], at: span(11) });
    const entries = settingsOf({ "smtp.password": secret(12) }, { address: map.address });
    const model = modelWith({ innerOutputs: [map], handedOut: [entries] });
    const value = secret(12, 10);
    assert.equal(firstNamed(model, holder("SMTP_PASSWORD", value), carried(value))?.setting.name, "smtp.password");
  });
});

describe("the argument that named a value first", () => {
  const handed = (address: string, name: string, value: Value) => settingsOf({ [name]: value }, { address });
  const inside = "module.app.module.mail.kubernetes_secret.mail";
  const app = handed("module.app", "smtp_password", secret(11));
  const table: readonly (readonly [string, readonly SettingGroup[], Holder, string | undefined])[] = [
    ["is that of the module's call", [app], holder("SMTP_PASSWORD", secret(11, 20), inside), "module.app."],
    [
      "is that of the module further outside",
      [handed("module.app.module.mail", "smtp_password", secret(11, 20)), app],
      holder("SMTP_PASSWORD", secret(11, 20, 30), inside),
      "module.app.",
    ],
    [
      "is the one further outside, of what no credential runs through",
      [handed("module.app.module.mail", "smtp_user", user), handed("module.app", "smtp_user", user)],
      holder("SMTP_USERNAME", user, inside),
      "module.app.",
    ],
    [
      "is none of a module that it is not in",
      [app],
      holder("SMTP_PASSWORD", secret(11, 20), "module.apps.kubernetes_secret.mail"),
      undefined,
    ],
    [
      "is none that says nothing",
      [handed("module.app", "value", secret(11))],
      holder("SMTP_PASSWORD", secret(11, 20), inside),
      undefined,
    ],
  ];
  for (const [what, namedInside, one, expected] of table) {
    it(what, () => {
      assert.equal(firstNamed(modelWith({ namedInside }), one, carried(one.setting.value))?.within, expected);
    });
  }

  it("comes after the output that it is given", () => {
    const model = modelWith({
      innerOutputs: [output("module.mail.output.smtp_user", 10, user)],
      namedInside: [handed("module.app", "smtp_user", user)],
    });
    assert.equal(firstNamed(model, holder("SMTP_USERNAME", user, inside), user)?.within, "module.mail.");
  });
});

describe("the output that named first what is wrong together", () => {
  const host = text("email-smtp.eu-west-1.amazonaws.com", span(60));
  const password = secret(11, 10);
  const table: readonly (readonly [string, string, string | undefined])[] = [
    ["is the first of two that one module hands out", "module.mail.output.endpoint", "smtp_password"],
    ["is none, of two modules", "module.host.output.endpoint", undefined],
  ];
  for (const [what, address, expected] of table) {
    it(what, () => {
      const model = modelWith({ innerOutputs: [key, output(address, 30, host)] });
      const found = firstNamedTogether(model, [
        [holder("SMTP_PASSWORD", password), carried(password)],
        [holder("SMTP_HOST", host), host],
      ]);
      assert.equal(found?.setting.name, expected);
    });
  }
});
