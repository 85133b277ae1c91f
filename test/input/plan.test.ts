import assert from "node:assert/strict";
import { rules } from "../../rules";
import { lintSources } from "../../src/lint";
import { key, lint, planOf, references, sender, told, user, type Planned } from "./planned";

describe("plans without sources", () => {
  it("follow a secret out of a module and through the variables of another", () => {
    const instance = (index: string): readonly Planned[] => [
      { ...user, index, module: `module.sender[${JSON.stringify(index)}]`, values: { name: index } },
      { ...key, module: `module.sender[${JSON.stringify(index)}]`, values: { ...key.values, user: index } },
      {
        type: "aws_lambda_function",
        name: "mailer",
        module: `module.mailer[${JSON.stringify(index)}]`,
        values: { environment: [{ variables: { SMTP_HOST: "email-smtp.eu-west-1.amazonaws.com" } }] },
        unknown: { environment: [{ variables: { SMTP_PASSWORD: true, SMTP_USERNAME: true } }] },
        sensitive: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
      },
    ];
    const plan = planOf(["orders", "invoices"].flatMap(instance), {
      root_module: {
        module_calls: {
          sender: {
            source: "./sender",
            for_each_expression: {},
            module: {
              outputs: {
                id: { expression: references("aws_iam_access_key.mail.id", "aws_iam_access_key.mail") },
                secret: { expression: references("aws_iam_access_key.mail.secret", "aws_iam_access_key.mail") },
              },
              resources: [
                { address: "aws_iam_user.mail", expressions: { name: references("var.name") } },
                { address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } },
              ],
            },
          },
          mailer: {
            source: "./mailer",
            for_each_expression: {},
            expressions: {
              id: references('module.sender["orders"].id', 'module.sender["orders"]', "module.sender"),
              secret: references('module.sender["orders"].secret', 'module.sender["orders"]', "module.sender"),
            },
            module: {
              resources: [
                {
                  address: "aws_lambda_function.mailer",
                  expressions: { environment: [{ variables: references("var.id", "var.secret") }] },
                },
              ],
            },
          },
        },
      },
    });
    const found = told(lint({ "plan.json": plan })).filter((line) => line.includes("is-secret-key"));
    assert.equal(found.length, 2);
    assert.match(found[0] ?? "", /module.mailer\["orders"\].aws_lambda_function.mailer/);
    assert.match(found[1] ?? "", /module.mailer\["invoices"\].aws_lambda_function.mailer/);
  });

  it("follow each.value, and know that a repeated call has no instance without a key", () => {
    const instances = ["a", "b"].flatMap((index): readonly Planned[] => [
      { ...key, module: `module.sender["${index}"]`, values: { user: index } },
      {
        type: "aws_lambda_function",
        name: "mailer",
        index,
        values: { environment: [{ variables: { SMTP_HOST: "email-smtp.eu-west-1.amazonaws.com" } }] },
        unknown: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
        sensitive: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
      },
    ]);
    const mailer = {
      address: "aws_lambda_function.mailer",
      expressions: { environment: [{ variables: references("each.value.secret", "each.value") }] },
      for_each_expression: references("module.sender"),
    };
    const outputs = { secret: { expression: references("aws_iam_access_key.mail.secret", "aws_iam_access_key.mail") } };
    const sent = { for_each_expression: {}, module: { outputs, resources: [{ address: "aws_iam_access_key.mail" }] } };
    const plan = planOf(instances, { root_module: { resources: [mailer], module_calls: { sender: sent } } });
    const found = told(lint({ "plan.json": plan })).filter((line) => line.includes("is-secret-key"));
    assert.deepEqual(
      found.map((line) => line.replace(/^.* /, "")),
      ['aws_lambda_function.mailer["a"]', 'aws_lambda_function.mailer["b"]'],
    );
  });

  it("leave a value open that may be one of two keys'", () => {
    const other = { ...key, name: "other" };
    const lambda = {
      type: "aws_lambda_function",
      name: "mailer",
      values: { environment: [{ variables: { SMTP_HOST: "email-smtp.eu-west-1.amazonaws.com" } }] },
      unknown: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
      sensitive: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
    };
    const variables = references("aws_iam_access_key.mail.secret", "aws_iam_access_key.other.ses_smtp_password_v4");
    const plan = planOf([user, key, other, sender, lambda], {
      root_module: {
        resources: [{ address: "aws_lambda_function.mailer", expressions: { environment: [{ variables }] } }],
      },
    });
    const found = told(lint({ "plan.json": plan }));
    assert.ok(
      found.some((line) => line.endsWith("open smtp-password-is-secret-key")),
      found.join("\n"),
    );
  });

  it("leave a value open that may be another secret, and not one that is marked otherwise than the others", () => {
    const lambda = {
      type: "aws_lambda_function",
      name: "mailer",
      values: { environment: [{ variables: { SMTP_HOST: "email-smtp.eu-west-1.amazonaws.com" } }] },
      unknown: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
      sensitive: { environment: [{ variables: { SMTP_PASSWORD: true } }] },
    };
    const random = { type: "random_password", name: "it", unknown: { result: true }, sensitive: { result: true } };
    const table = { type: "aws_dynamodb_table", name: "it", unknown: { arn: true } };
    const toldOf = (...others: readonly string[]) => {
      const variables = references("aws_iam_access_key.mail.secret", ...others);
      const expressions = { environment: [{ variables }] };
      const resources = [{ address: "aws_lambda_function.mailer", expressions }];
      const plan = planOf([user, key, sender, random, table, lambda], { root_module: { resources } });
      return told(lint({ "plan.json": plan })).filter((line) => line.includes("smtp-password-is-secret-key"));
    };
    assert.match(toldOf("aws_dynamodb_table.it.arn").join("\n"), /^\S+ error \S+ aws_lambda_function.mailer$/);
    assert.match(toldOf("random_password.it.result").join("\n"), /^\S+ open \S+$/);
    assert.match(toldOf("local.settings").join("\n"), /^\S+ open \S+$/);
  });

  it("do not take a policy for the one ARN that is not known in it", () => {
    const policy = { ...sender, values: { name: "send", user: "ses-smtp-user.mail" }, unknown: { policy: true } };
    const plan = planOf([{ ...user, values: { name: "ses-smtp-user.mail" } }, key, policy], {
      root_module: {
        resources: [
          {
            address: "aws_iam_user_policy.send",
            expressions: { policy: references("aws_ses_domain_identity.mail.arn", "aws_ses_domain_identity.mail") },
          },
        ],
      },
    });
    assert.deepEqual(
      lint({ "plan.json": plan }).findings.map(({ rule }) => rule),
      [],
    );
  });

  it("take the parts of a map that is sensitive as a whole for what their names say, where all are of a key", () => {
    const values = { data: { SMTP_HOST: "email-smtp.eu-west-1.amazonaws.com" } };
    const unknown = { data: { SMTP_USERNAME: true, SMTP_PASSWORD: true } };
    const store = { type: "kubernetes_secret", name: "smtp", values, unknown, sensitive: { data: true } };
    const data = (names: readonly string[], leftOut?: string) => {
      const resources = [
        { address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } },
        { address: "kubernetes_secret.smtp", expressions: { data: references(...names) } },
      ];
      const plan = planOf([user, key, store], { root_module: { resources } });
      const text = JSON.stringify(plan, (name, value: unknown) => (name === leftOut ? undefined : value), 2);
      return told(lint({ "plan.json": text })).map((line) => line.replace(/^\S+ /, ""));
    };
    const [id, own, raw] = ["id", "ses_smtp_password_v4", "secret"].map((name) => `aws_iam_access_key.mail.${name}`);
    const ofKey = [id, raw].filter((name) => name !== undefined);
    const secretAsPassword = [
      "error smtp-user-cannot-send aws_iam_user.mail",
      "error smtp-password-is-secret-key kubernetes_secret.smtp",
    ];
    assert.deepEqual(data(ofKey), secretAsPassword);
    // Terraform before 0.15 marks nothing.
    assert.deepEqual(data(ofKey, "sensitive_values"), secretAsPassword);
    assert.deepEqual(data([id, own].filter((name) => name !== undefined)), [
      "error smtp-user-cannot-send aws_iam_user.mail",
      "open smtp-password-region-mismatch",
    ]);
    assert.ok(data([...ofKey, "data.external.smtp.result"]).includes("open smtp-password-is-secret-key"));
  });

  it("see a secret in the containers of a task of which nothing is known", () => {
    const task = { type: "aws_ecs_task_definition", name: "app", unknown: { container_definitions: true } };
    const written = references("aws_iam_access_key.mail.id", "aws_iam_access_key.mail.secret");
    const resources = [
      { address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } },
      { address: "aws_ecs_task_definition.app", expressions: { container_definitions: written } },
    ];
    const found = told(lint({ "plan.json": planOf([user, key, sender, task], { root_module: { resources } }) }));
    assert.deepEqual(
      found.map((line) => line.replace(/^\S+ /, "")),
      ["warning credential-in-plaintext aws_ecs_task_definition.app"],
    );
  });

  it("know what a write-only argument is given, which no plan keeps", () => {
    const store = {
      type: "aws_secretsmanager_secret_version",
      name: "smtp",
      values: { secret_id: "smtp", secret_string: null, secret_string_wo: null, secret_string_wo_version: 1 },
    };
    const password = references("aws_iam_access_key.mail.ses_smtp_password_v4");
    const resources = [
      { address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } },
      { address: `${store.type}.smtp`, expressions: { secret_string_wo: password } },
    ];
    const { principals } = lint({ "plan.json": planOf([user, key, store], { root_module: { resources } }) });
    assert.equal(principals[0]?.uses[0]?.strength, "proven");
  });

  it("look into blocks that are not known as a whole", () => {
    const values = { set: [{ name: "smtp.host", value: "email-smtp.eu-west-1.amazonaws.com" }] };
    const chart = { type: "helm_release", name: "app", values, unknown: { set_sensitive: true } };
    const set = [{ name: { constant_value: "smtp.password" }, value: references("aws_iam_access_key.mail.secret") }];
    const resources = [
      { address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } },
      { address: "helm_release.app", expressions: { set: [], set_sensitive: set } },
    ];
    const found = told(lint({ "plan.json": planOf([user, key, chart], { root_module: { resources } }) }));
    assert.ok(
      found.some((line) => line.includes("error smtp-password-is-secret-key helm_release.app")),
      found.join("\n"),
    );
  });

  it("have no resource that is deleted, and know what a provider's configuration says", () => {
    const plan = {
      format_version: "0.1",
      resource_changes: [
        {
          address: "aws_iam_access_key.root",
          mode: "managed",
          type: "aws_iam_access_key",
          name: "root",
          change: { actions: ["delete"], before: { user: "root" }, after: null, after_unknown: {} },
        },
        {
          address: "aws_iam_access_key.owner",
          mode: "managed",
          type: "aws_iam_access_key",
          name: "owner",
          change: { actions: ["delete", "create"], before: { user: "x" }, after: { user: "root" }, after_unknown: {} },
        },
      ],
    };
    assert.deepEqual(told(lint({ "plan.json": plan })), [
      "plan.json:34 error root-access-key aws_iam_access_key.owner",
    ]);
  });
});

const secret = "Zq8vR2mT5xW7bN1kLpY4cJ6hD9fG3sA0eUiOtVwQ";
const password = "BKq3vR2mT5xW7bN1kLpY4cJ6hD9fG3sA0eUiOtVwQx+z";
const keyId = "AKIAQ3EGRV4W7Z5TBN2M";

describe("states", () => {
  const state = {
    version: 4,
    terraform_version: "1.11.4",
    serial: 3,
    lineage: "8f0c2e57-6c1e-9c55-2b9d-6d2e5fb2a1c4",
    outputs: { smtp: { value: `smtp://${keyId}:${secret}@mail`, type: "string" } },
    resources: [
      instancesOf("aws_iam_user", "mail", [{ name: "mail", arn: "arn:aws:iam::111122223333:user/mail", id: "mail" }]),
      instancesOf("aws_iam_access_key", "mail", [
        { user: "mail", id: keyId, secret, ses_smtp_password_v4: password, status: "Active", pgp_key: null },
      ]),
      instancesOf("aws_iam_policy", "send", [
        {
          name: "send",
          arn: "arn:aws:iam::111122223333:policy/send",
          policy: '{"Statement":{"Effect":"Allow","Action":"ses:*","Resource":"*"}}',
        },
      ]),
      instancesOf("aws_iam_user_policy_attachment", "send", [
        { user: "mail", policy_arn: "arn:aws:iam::111122223333:policy/send" },
      ]),
      instancesOf("aws_secretsmanager_secret_version", "smtp", [
        {
          secret_id: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:smtp",
          secret_string: JSON.stringify({ username: keyId, password }),
        },
      ]),
      instancesOf("aws_lambda_function", "mailer", [
        { environment: [{ variables: { SMTP_HOST: "email-smtp.eu-west-1.amazonaws.com", SMTP_PASSWORD: secret } }] },
      ]),
    ],
  };

  function instancesOf(type: string, name: string, attributes: readonly object[]): object {
    const instances = attributes.map((one) => ({ schema_version: 0, attributes: one, sensitive_attributes: [] }));
    return { mode: "managed", type, name, provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances };
  }

  it("know a credential by its characters wherever it is, and a policy by its ARN", () => {
    const report = lint({ "terraform.tfstate": state });
    const found = told(report).map((line) => line.replace(/^[^ ]+ /, ""));
    assert.ok(found.includes("error smtp-password-is-secret-key aws_lambda_function.mailer"), found.join("\n"));
    assert.ok(
      found.some((line) => line.startsWith("error credential-in-output")),
      found.join("\n"),
    );
    assert.ok(
      found.some((line) => line.startsWith("error smtp-user-excess-permissions")),
      found.join("\n"),
    );
    assert.equal(report.principals[0]?.uses.find(({ use }) => use === "smtp")?.strength, "proven");
  });

  it("tell nothing of a credential's text", () => {
    const report = JSON.stringify(lint({ "terraform.tfstate": state }));
    for (const text of [secret, password]) assert.ok(!report.includes(text));
  });

  it("do not take a key that the state itself made for one that is written down", () => {
    const found = told(lint({ "terraform.tfstate": state }));
    assert.ok(!found.some((line) => line.includes("hardcoded")), found.join("\n"));
  });
});

describe("plans beside their sources", () => {
  const main = `variable "senders" { type = set(string) }
variable "with_policy" { type = bool }
data "aws_caller_identity" "here" {}
resource "aws_iam_user" "mail" {
  for_each = var.senders
  name     = "ses-smtp-user.\${each.key}"
}
resource "aws_iam_user_policy" "send" {
  for_each = var.with_policy ? var.senders : []
  user     = aws_iam_user.mail[each.key].name
  policy   = jsonencode({ Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }] })
}
`;
  const plan = (withPolicy: boolean, arn = "arn:aws:sts::111122223333:assumed-role/ci/ci") =>
    planOf(
      [{ ...user, index: "a", values: { name: "ses-smtp-user.a" } }],
      {
        root_module: {
          resources: [
            { address: "aws_iam_user.mail" },
            { address: "aws_iam_user_policy.send" },
            { address: "data.aws_caller_identity.here" },
          ],
        },
      },
      {
        variables: { senders: { value: ["a"] }, with_policy: { value: withPolicy } },
        prior_state: {
          values: {
            root_module: {
              resources: [
                {
                  address: "data.aws_caller_identity.here",
                  mode: "data",
                  type: "aws_caller_identity",
                  name: "here",
                  values: { arn, account_id: "111122223333" },
                },
              ],
            },
          },
        },
      },
    );

  it("decide conditions and keys", () => {
    assert.deepEqual(told(lint({ "main.tf": main, "plans/prod.json": plan(true) })), []);
    assert.deepEqual(told(lint({ "main.tf": main, "plans/prod.json": plan(false) })), [
      'main.tf:4 error smtp-user-cannot-send aws_iam_user.mail["a"]',
    ]);
  });

  it("are a unit each, where there are several of one root", () => {
    const found = told(lint({ "main.tf": main, "dev.json": plan(false), "prod.json": plan(true) }));
    assert.deepEqual(found, ['main.tf:4 error smtp-user-cannot-send aws_iam_user.mail["a"]']);
  });

  it("say who ran them", () => {
    const found = told(lint({ "main.tf": main, "plan.json": plan(true, "arn:aws:iam::111122223333:root") }));
    assert.deepEqual(found, ["main.tf:3 error root-caller-identity data.aws_caller_identity.here"]);
  });

  it("are joined with the nearest root that declares what they have", () => {
    const files = { "a/main.tf": main, "b/main.tf": main, "b/plan.json": plan(false) };
    const found = told(lint(files)).filter((line) => line.startsWith("b/"));
    assert.deepEqual(found, ['b/main.tf:4 error smtp-user-cannot-send aws_iam_user.mail["a"]']);
  });

  it("are read alone where a module that they know is not in the input, and findings stand in the source", () => {
    const module = "module.sender";
    const plan = planOf(
      [
        { ...user, module },
        { ...key, module, values: { ...key.values, user: "root" } },
      ],
      {
        root_module: { module_calls: { sender: { source: "acme/sender/aws", module: {} } } },
      },
    );
    const report = lint({ "main.tf": 'module "sender" {\n  source = "acme/sender/aws"\n}\n', "plan.json": plan });
    assert.deepEqual(told(report), ["main.tf:1 error root-access-key module.sender.aws_iam_access_key.mail"]);
    assert.ok(report.findings[0]?.steps.some(({ place }) => place.file === "plan.json"));
  });

  it("count before the state of the same root", () => {
    const attributes = { name: "ses-smtp-user.b" };
    const instances = [{ index_key: "b", attributes }];
    const resources = [{ mode: "managed", type: "aws_iam_user", name: "mail", instances }];
    const state = { version: 4, terraform_version: "1.11.4", resources };
    const found = told(lint({ "main.tf": main, "terraform.tfstate": state, "plan.json": plan(false) }));
    assert.deepEqual(found, ['main.tf:4 error smtp-user-cannot-send aws_iam_user.mail["a"]']);
    const byState = told(lint({ "main.tf": main, "terraform.tfstate": state })).filter((line) =>
      line.includes("error"),
    );
    assert.deepEqual(byState, ['main.tf:4 error smtp-user-cannot-send aws_iam_user.mail["b"]']);
  });

  it("know a credential that no source has: whether a password is made of it, and that nobody wrote it", () => {
    const source = `variable "secret_key" {}
variable "smtp_password" {}
resource "kubernetes_secret" "mailer" {
  data = { SMTP_HOST = "email-smtp.us-east-1.amazonaws.com", SMTP_PASSWORD = var.smtp_password }
}
`;
    const ofIreland = "BI5GX9Ix7VOIn15NfaZRkpuhEiDF7JtaJVPBLMo8gLCc";
    const data = { SMTP_HOST: "email-smtp.us-east-1.amazonaws.com", SMTP_PASSWORD: ofIreland };
    const planned = planOf(
      [{ type: "kubernetes_secret", name: "mailer", values: { data } }],
      { root_module: { resources: [{ address: "kubernetes_secret.mailer" }] } },
      { variables: { secret_key: { value: secret }, smtp_password: { value: ofIreland } } },
    );
    assert.deepEqual(told(lint({ "main.tf": source, "plan.json": planned })), [
      "main.tf:2 error smtp-password-region-mismatch kubernetes_secret.mailer",
    ]);
  });

  it("stand alone where the sources have gone on", () => {
    const other = main.replace('"aws_iam_user_policy" "send"', '"aws_iam_user_policy" "send_mail"');
    const found = told(lint({ "main.tf": other, "plan.json": plan(false) }));
    assert.ok(
      found.some((line) => /^plan.json:\d+ error smtp-user-cannot-send/.test(line)),
      found.join("\n"),
    );
  });
});

describe("plans that are not what they should be", () => {
  const whole: object = planOf([user, key, sender], {
    provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } } },
    root_module: {
      resources: [{ address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } }],
      outputs: { p: { expression: references("aws_iam_access_key.mail.secret") } },
      module_calls: { m: { module: {}, expressions: {} } },
    },
  });

  it("have any type in any place, and are analysed all the same", () => {
    const others: readonly unknown[] = [null, true, 7, "x", [], {}, [[]], { __proto__: null, constructor: 1 }];
    for (const [i, [path]] of paths(whole).entries()) {
      for (const other of [others[i % others.length], others[(i + 3) % others.length]]) {
        const text = JSON.stringify(replaced(whole, path, other));
        const report = lintSources([{ path: "plan.json", text }], { rules });
        assert.deepEqual(report.diagnostics, [], `${path.join(".")} = ${JSON.stringify(other)}`);
      }
    }
  });

  it("may lack any section", () => {
    for (const section of Object.keys(whole)) {
      const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== section));
      assert.deepEqual(lint({ "plan.json": rest }).diagnostics, []);
    }
  });

  it("say what they defer, since nothing of it is known", () => {
    const change = { reason: "provider_config_unknown", resource_change: { address: "aws_iam_access_key.root" } };
    const { diagnostics } = lint({ "plan.json": { ...whole, deferred_changes: [change] } });
    assert.deepEqual(
      diagnostics.map(({ kind, message }) => [kind, message]),
      [["unresolved", "The plan defers the change of a resource, of which nothing is known yet."]],
    );
    assert.deepEqual(lint({ "plan.json": { ...whole, deferred_changes: [] } }).diagnostics, []);
  });

  it("say that they are not complete, and leave open what they may leave out", () => {
    const sender = { ...user, values: { name: "ses-smtp-user.a" } };
    const configuration = {
      root_module: { resources: [{ address: "aws_iam_user.mail" }, { address: "aws_iam_user_policy.send" }] },
    };
    const main = `resource "aws_iam_user" "mail" { name = "ses-smtp-user.a" }
resource "aws_iam_user_policy" "send" {
  for_each = toset(["send"])
  user     = aws_iam_user.mail.name
  policy   = jsonencode({ Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }] })
}
`;
    for (const sections of [{ complete: false }, { errored: true }]) {
      const plan = planOf([sender], configuration, sections);
      const report = lint({ "plan.json": plan });
      assert.deepEqual(told(report), ["plan.json:8 open smtp-user-cannot-send"]);
      assert.deepEqual(
        report.diagnostics.map(({ message }) => message),
        ["The plan is not complete: nothing is known of what it leaves out."],
      );
      assert.deepEqual(told(lint({ "main.tf": main, "plan.json": plan })), []);
    }
    const whole = planOf([sender], configuration, { complete: true, errored: false });
    assert.deepEqual(told(lint({ "plan.json": whole })), ["plan.json:8 error smtp-user-cannot-send aws_iam_user.mail"]);
  });

  it("are named where they are states that this program does not read", () => {
    const old = { version: 3, terraform_version: "0.11.14", modules: [{ path: ["root"], resources: {} }] };
    const encrypted = { serial: 3, lineage: "5c3f9a4e", encrypted_data: "AAAA", encryption_version: "v0" };
    const notes = (state: unknown) => {
      const { diagnostics, outcome } = lint({ "main.tf": "", "terraform.tfstate": state });
      return [outcome, ...diagnostics.map(({ message }) => message)];
    };
    assert.deepEqual(notes(old), ["clean", "The state is of Terraform before 0.12, and is not read."]);
    assert.deepEqual(notes(encrypted), ["clean", "The state is encrypted, and is not read."]);
    assert.deepEqual(notes(""), ["clean"]);
    assert.deepEqual(notes({ version: 3, backend: { type: "s3" } }), ["clean"]);
  });

  it("may refer to themselves", () => {
    const expressions = { user: references("aws_iam_access_key.mail.user", "module.m.o", "var.x") };
    const module = { outputs: { o: { expression: references("module.m.o", "var.v", "aws_x.y.z") } } };
    const calls = { m: { expressions: { v: references("module.m.o", "module.m.o") }, module } };
    const plan = planOf([{ ...key, values: {}, unknown: { user: true } }], {
      root_module: { resources: [{ address: "aws_iam_access_key.mail", expressions }], module_calls: calls },
    });
    assert.deepEqual(lint({ "plan.json": plan }).diagnostics, []);
  });

  it("may have long chains of references and deep modules", () => {
    const count = 3_000;
    const resources = Array.from({ length: count }, (_, i) => ({
      type: "aws_iam_access_key",
      name: `k${i}`,
      unknown: { user: true },
    }));
    const configured = resources.map(({ name }, i) => ({
      address: `aws_iam_access_key.${name}`,
      expressions: { user: references(`aws_iam_access_key.k${i + 1}.user`, `aws_iam_access_key.k${i + 1}`) },
    }));
    let module: object = {};
    for (let i = 0; i < 100; i++) module = { module_calls: { m: { module } } };
    const plan = planOf(resources, { root_module: { resources: configured, ...module } });
    const report = lint({ "plan.json": plan });
    assert.deepEqual(
      report.diagnostics.map(({ kind }) => kind),
      ["limit"],
    );
  });
});

function paths(value: unknown, path: readonly string[] = []): readonly (readonly [readonly string[], unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const inner = Object.entries(value).flatMap(([name, one]) => paths(one, [...path, name]));
  return path.length === 0 ? inner : [[path, value], ...inner];
}

function replaced(value: unknown, [first, ...rest]: readonly string[], by: unknown): unknown {
  if (first === undefined || typeof value !== "object" || value === null) return by;
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (String(i) === first ? replaced(one, rest, by) : one));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      name === first ? replaced(one, rest, by) : one,
    ]),
  );
}
