import assert from "node:assert/strict";
import { key, lint, planOf, references, sender, told, user } from "./planned";

const constant = (value: string) => ({ constant_value: value });
const namespace = "aws:elasticbeanstalk:application:environment";
const of = (attribute: string) => references(`aws_iam_access_key.mail.${attribute}`);

interface Block {
  readonly name: object;
  readonly value: object;
}

/** What is told of an environment with these blocks, whose settings Terraform has sorted; what is not known yet is listed. */
function environment(blocks: readonly Block[], isLater: readonly string[], own?: string): readonly string[] {
  const setting = ["SMTP_HOST", "SMTP_PASSWORD", "SMTP_PORT", "SMTP_USERNAME"].map((name) => ({
    name,
    namespace,
    resource: "",
    ...(name === "SMTP_HOST" && { value: "email-smtp.eu-west-1.amazonaws.com" }),
    ...(name === "SMTP_PORT" && { value: "587" }),
    ...(name === "SMTP_USERNAME" && own !== undefined && { value: own }),
  }));
  const app = {
    type: "aws_elastic_beanstalk_environment",
    name: "app",
    values: { setting },
    unknown: { setting: setting.map(({ name }) => (isLater.includes(name) ? { value: true } : {})) },
    sensitive: { setting: true },
  };
  const resources = [
    { address: "aws_iam_access_key.mail", expressions: { user: references("aws_iam_user.mail.name") } },
    {
      address: "aws_elastic_beanstalk_environment.app",
      expressions: { setting: blocks.map((block) => ({ namespace: constant(namespace), ...block })) },
    },
  ];
  const plan = planOf([user, key, sender, app], { root_module: { resources } });
  return told(lint({ "plan.json": plan })).map((line) => line.replace(/^\S+ /, ""));
}

const host = { name: constant("SMTP_HOST"), value: constant("email-smtp.eu-west-1.amazonaws.com") };
const port = { name: constant("SMTP_PORT"), value: { constant_value: 587 } };
const username = { name: constant("SMTP_USERNAME"), value: of("id") };
const password = { name: constant("SMTP_PASSWORD"), value: of("ses_smtp_password_v4") };
const raw = { name: constant("SMTP_PASSWORD"), value: of("secret") };
const later = ["SMTP_PASSWORD", "SMTP_USERNAME"];
const app = "aws_elastic_beanstalk_environment.app";

describe("the blocks of a set in a plan", () => {
  it("are those with the same constants, whatever their order", () => {
    const correct = [`warning credential-in-plaintext ${app}`, "open smtp-password-region-mismatch"];
    assert.deepEqual(environment([host, username, password, port], later), correct);
    assert.deepEqual(environment([password, port, host, username], later), correct);
    const wrong = [`warning credential-in-plaintext ${app}`, `error smtp-password-is-secret-key ${app}`];
    assert.deepEqual(environment([username, raw, port, host], later), wrong);
    assert.deepEqual(environment([host, raw, port, username], later), wrong);
  });

  it("leave a value open that may be that of several", () => {
    const named = (name: string, { value }: Block): Block => ({ name: references(`var.${name}`), value });
    const found = environment([host, named("login", username), named("password", raw), port], later);
    assert.deepEqual(found, [
      "open credential-in-plaintext",
      "open smtp-password-is-secret-key",
      "open credential-in-plaintext", // Its user name may be the secret.
    ]);
  });

  it("explain nothing that a dynamic block makes", () => {
    assert.deepEqual(environment([host, port, username], later), []);
    assert.deepEqual(environment([host, port], later), []);
    // One block, whose name is not known, beside those of a dynamic one.
    const found = environment([host, port, { name: references("var.name"), value: of("secret") }], later);
    assert.ok(found.includes("open smtp-password-is-secret-key"), found.join("\n"));
  });

  it("are where a text is written that stands in another place of the set", () => {
    const own = { name: constant("SMTP_USERNAME"), value: {} }; // Of a local value, which a plan does not keep.
    const found = environment([own, password, port, host], ["SMTP_PASSWORD"], "AKIA3Q7ZK5TNWJ4XR2MP");
    assert.ok(found.includes(`note hardcoded-aws-credentials ${app}`), found.join("\n"));
  });
});
