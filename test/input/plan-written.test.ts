import assert from "node:assert/strict";
import { rules } from "../../rules";
import { lintSources } from "../../src/lint";

/** The findings about what is written, of files by path; JSON is given as data. */
function written(files: Readonly<Record<string, unknown>>): readonly string[] {
  return found(files).filter((line) => line.includes(" hardcoded-"));
}

function found(files: Readonly<Record<string, unknown>>): readonly string[] {
  const sources = Object.entries(files).map(([path, file]) => ({
    path,
    text: typeof file === "string" ? file : JSON.stringify(file, undefined, 2),
  }));
  const { findings } = lintSources(sources, { rules });
  return findings.map(({ rule, level, subjects }) => {
    return `${level} ${rule} ${subjects.map(({ address }) => address).join(", ")}`;
  });
}

const keyId = "AKIA3Q7ZK5TNWJ4XR2MP";
const secret = "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";
const password = "BG4xR0nTq9LsW2vYc7KbE5hDzUmJ1pFoAa8iXtNdQw3y";
const host = "email-smtp.eu-west-1.amazonaws.com";
const consolePassword = "Hq7-Wm2!xTz9";

interface Recorded {
  readonly type: string;
  readonly values: object;
  readonly expressions?: object;
  readonly more?: object;
}

const mail = (own: string): Pick<Recorded, "type" | "values"> => ({
  type: "kubernetes_secret",
  values: { data: { SMTP_HOST: host, SMTP_PASSWORD: own } },
});
const deploy = (own: object): Recorded => ({ type: "kubernetes_secret", values: { data: own } });
const references = (...names: readonly string[]) => ({ references: names });
const constant = (value: unknown) => ({ constant_value: value });
const ssm = {
  address: "data.aws_ssm_parameter.it",
  mode: "data",
  type: "aws_ssm_parameter",
  name: "it",
  values: { name: "/smtp", value: password },
};

interface Sections {
  readonly variables?: Readonly<Record<string, string>>;
  readonly declared?: object;
  readonly read?: readonly object[];
  readonly providers?: object;
}

/** A plan in which the resources are, as `it` of their type. */
function planOf(
  resources: readonly Recorded[],
  { variables = {}, declared, read = [], providers }: Sections = {},
): object {
  const shown = resources.map(({ type, values }) => ({
    address: `${type}.it`,
    mode: "managed",
    type,
    name: "it",
    values,
  }));
  const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }] as const));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    variables: given,
    planned_values: { root_module: { resources: shown } },
    prior_state: { values: { root_module: { resources: read } } },
    configuration: {
      provider_config: providers,
      root_module: {
        resources: resources.map(({ type, expressions, more }) => ({
          address: `${type}.it`,
          mode: "managed",
          type,
          name: "it",
          expressions,
          ...more,
        })),
        variables: declared,
      },
    },
  };
}

function stateOf(...resources: readonly Recorded[]): object {
  return {
    version: 4,
    terraform_version: "1.11.4",
    resources: resources.map(({ type, values }) => ({
      mode: "managed",
      type,
      name: "it",
      instances: [{ attributes: values }],
    })),
  };
}

const smtp = ["error hardcoded-smtp-password kubernetes_secret.it"];
const aws = ["error hardcoded-aws-credentials kubernetes_secret.it"];
const pair = { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret };

describe("what is written in a plan", () => {
  it("is what its configuration has as a constant", () => {
    const { type, values } = mail(password);
    const plan = planOf([
      { type, values, expressions: { data: constant({ SMTP_HOST: host, SMTP_PASSWORD: password }) } },
    ]);
    assert.deepEqual(written({ "plan.json": plan }), smtp);
  });

  it("is what no variable, no data source and no provider accounts for", () => {
    for (const expression of [{}, references("var.prefix"), references("local.data")]) {
      const { type, values } = mail(password);
      const sections = {
        variables: { prefix: "mail" },
        declared: { prefix: {} },
        read: [{ ...ssm, values: { name: "x" } }],
      };
      const plan = planOf([{ type, values, expressions: { data: expression } }], sections);
      assert.deepEqual(written({ "plan.json": plan }), smtp);
    }
  });

  it("is a default, whether it is the value or not", () => {
    const declared = { aws_secret_access_key: { default: secret } };
    for (const value of [secret, "another"]) {
      const plan = planOf([mail("")], { variables: { aws_secret_access_key: value }, declared });
      assert.deepEqual(written({ "plan.json": plan }), ["error hardcoded-aws-credentials var.aws_secret_access_key"]);
    }
  });

  it("is told once, where it is written, however many values have it", () => {
    const variables = { aws_secret_access_key: secret };
    const declared = { aws_secret_access_key: { default: secret } };
    const own = {
      ...deploy({ AWS_SECRET_ACCESS_KEY: secret }),
      expressions: { data: references("var.aws_secret_access_key") },
    };
    const plan = planOf([own], { variables, declared });
    assert.deepEqual(written({ "plan.json": plan }), ["error hardcoded-aws-credentials var.aws_secret_access_key"]);
  });

  it("may stand beside what is given, in one expression", () => {
    const own = { ...deploy(pair), expressions: { data: references("var.aws_access_key_id") } };
    const plan = planOf([own], { variables: { aws_access_key_id: keyId }, declared: { aws_access_key_id: {} } });
    assert.deepEqual(written({ "plan.json": plan }), aws);
  });

  it("may stand in a provider's configuration, in a command and in what is repeated", () => {
    const expressions = { access_key: constant(keyId), secret_key: constant(secret) };
    const providers = { aws: { name: "aws", expressions } };
    assert.deepEqual(written({ "plan.json": planOf([mail("")], { providers }) }), [
      "error hardcoded-aws-credentials provider.aws",
    ]);
    const command = `AWS_ACCESS_KEY_ID=${keyId} AWS_SECRET_ACCESS_KEY=${secret} ./deploy`;
    const provisioners = [{ type: "local-exec", expressions: { command: constant(command) } }];
    const run: Recorded = { type: "null_resource", values: {}, more: { provisioners } };
    assert.deepEqual(written({ "plan.json": planOf([run]) }), ["error hardcoded-aws-credentials null_resource.it"]);
    const repeated = { ...mail(""), more: { for_each_expression: constant({ a: pair }) } };
    assert.deepEqual(written({ "plan.json": planOf([repeated]) }), aws);
  });

  it("is written all the same where the provider repeats it", () => {
    const { type, values } = mail(password);
    const plan = planOf([
      { type, values: { ...values, metadata: [{ values: `{"password":"${password}"}` }] }, expressions: { data: {} } },
    ]);
    assert.deepEqual(written({ "plan.json": plan }), smtp);
  });
});

describe("what nobody is known to have written", () => {
  it("is what a variable is given, marked as sensitive or not", () => {
    for (const variable of [{}, { sensitive: true }, { default: "" }]) {
      const { type, values } = mail(password);
      const own = { type, values, expressions: { data: references("var.smtp_password") } };
      const plan = planOf([own], { variables: { smtp_password: password }, declared: { smtp_password: variable } });
      assert.deepEqual(written({ "plan.json": plan }), []);
    }
    const own = { ...deploy(pair), expressions: { data: references("var.id", "var.secret") } };
    const plan = planOf([own], { variables: { id: keyId, secret }, declared: { id: {}, secret: {} } });
    assert.deepEqual(written({ "plan.json": plan }), []);
  });

  it("is what a data source reads, by whatever local value it comes", () => {
    const { type, values } = mail(password);
    const own = { type, values, expressions: { data: references("local.mail") } };
    assert.deepEqual(written({ "plan.json": planOf([own], { read: [ssm] }) }), []);
    const json = JSON.stringify({ host, password });
    const inside = { ...ssm, values: { name: "/smtp", value: json } };
    assert.deepEqual(written({ "plan.json": planOf([own], { read: [inside] }) }), []);
  });

  it("is what a provider makes, and what it keeps of an argument that is ignored", () => {
    const { type, values } = mail(password);
    const own = { type, values, expressions: { data: references("local.mail") } };
    const made: Recorded = {
      type: "random_password",
      values: { length: 44, result: password },
      expressions: { length: constant(44) },
    };
    assert.deepEqual(written({ "plan.json": planOf([own, made]) }), []);
    const ignored = { type, values, expressions: { data: constant({ SMTP_HOST: host, SMTP_PASSWORD: "" }) } };
    assert.deepEqual(written({ "plan.json": planOf([ignored]) }), []);
  });

  it("is all that a state has", () => {
    const user: Recorded = {
      type: "awscc_iam_user",
      values: { user_name: "ann", login_profile: { password: consolePassword } },
    };
    for (const one of [{ ...mail(password) }, deploy(pair), user]) {
      assert.deepEqual(written({ "terraform.tfstate": stateOf(one) }), []);
      const { type, values } = one;
      const resource = { address: `${type}.it`, mode: "managed", type, name: "it", values };
      const shown = { format_version: "1.0", values: { root_module: { resources: [resource] } } };
      assert.deepEqual(written({ "state.json": shown }), []);
    }
  });

  it("stands in no source beside the plan or state", () => {
    const main = (value: string) => `variable "smtp_password" {}
resource "kubernetes_secret" "it" {
  data = { SMTP_HOST = "${host}", SMTP_PASSWORD = ${value} }
}
`;
    const { type, values } = mail(password);
    const own = { type, values, expressions: { data: references("var.smtp_password") } };
    const plan = planOf([own], { variables: { smtp_password: password }, declared: { smtp_password: {} } });
    for (const file of [{ "plan.json": plan }, { "terraform.tfstate": stateOf(own) }]) {
      assert.deepEqual(written({ "main.tf": main("var.smtp_password"), ...file }), []);
      assert.deepEqual(written({ "main.tf": main(`"${password}"`), ...file }), smtp);
      const set = { "main.tf": main("var.smtp_password"), "terraform.tfvars": `smtp_password = "${password}"\n` };
      assert.equal(written({ ...set, ...file }).length, 1);
    }
  });

  it("stands in a source where the plan fills in what is around it", () => {
    const url = (user: string) => `smtp://${user}:${password}@${host}`;
    const main = `variable "user" {}\nresource "kubernetes_secret" "it" {\n  data = { MAILER_DSN = "${url("${var.user}")}" }\n}\n`;
    const state = stateOf({ type: "kubernetes_secret", values: { data: { MAILER_DSN: url("mail") } } });
    assert.deepEqual(written({ "main.tf": main, "terraform.tfstate": state }), smtp);
  });

  it("stands in plain text, if it does, all the same", () => {
    const type = "aws_lambda_function";
    const values = { environment: [{ variables: { SMTP_HOST: host, SMTP_PASSWORD: password } }] };
    const expressions = { environment: [{ variables: references("var.password") }] };
    const sections = { variables: { password }, declared: { password: { sensitive: true } } };
    const plan = planOf([{ type, values, expressions }], sections);
    const main = (value: string) => `variable "password" { sensitive = true }
resource "aws_lambda_function" "it" {
  environment {
    variables = { SMTP_HOST = "${host}", SMTP_PASSWORD = ${value} }
  }
}
`;
    const warning = ["warning credential-in-plaintext aws_lambda_function.it"];
    assert.deepEqual(found({ "plan.json": plan }), warning);
    assert.deepEqual(found({ "main.tf": main("var.password"), "plan.json": plan }), warning);
    assert.deepEqual(found({ "terraform.tfstate": stateOf({ type, values }) }), warning);
    const literal = { "main.tf": main(`"${password}"`), "plan.json": plan };
    assert.deepEqual(found(literal), ["error hardcoded-smtp-password aws_lambda_function.it"]);
  });
});
