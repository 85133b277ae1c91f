import assert from "node:assert/strict";
import fc from "fast-check";
import { knownText, text, unknown } from "../../../src/core/text";
import type { Text } from "../../../src/core/value";
import {
  classifyHost,
  credentialShape,
  credentialsIn,
  hostOf,
  isPlaceholder,
  mayHoldCredentials,
  namesSecret,
  regionOfHost,
} from "../../../src/model/credentials/shapes";
import { namesRoot, settingName, wordsApart, wordsOf } from "../../../src/model/credentials/setting-names";

const at = { file: "x", start: 0, end: 0 };
/** Made up for this test; no account has it. */
const secret = "Qm9vdGhCYXlCcmlkZ2VMYW5kaW5nMDk4NzY1NDMy";

describe("credential shapes", () => {
  it("tells the four credentials apart", () => {
    assert.equal(credentialShape("AKIAQX7TRW2LM3NB4VC5"), "access-key-id");
    assert.equal(credentialShape("ASIAQX7TRW2LM3NB4VC5"), "access-key-id");
    assert.equal(credentialShape(secret), "secret-access-key");
    assert.equal(credentialShape(`BK${secret.slice(0, 40)}9x`), "smtp-password");
    assert.equal(credentialShape(`Ah${secret.slice(0, 40)}9x`), "smtp-password-v2");
  });

  it("has no shape for ids of users and roles, digests, paths and longer runs", () => {
    for (const other of [
      "AIDAQX7TRW2LM3NB4VC5",
      "AROAQX7TRW2LM3NB4VC5",
      "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "DA39A3ee5e6b4b0d3255bfef95601890afd80709",
      secret.toLowerCase(),
      secret.toUpperCase(),
      "modules/networking/subnets/private/route",
      `${secret}a`,
      `BZ${secret.slice(0, 40)}9x`,
    ]) {
      assert.equal(credentialShape(other), undefined, other);
    }
  });

  it("takes documentation's examples, the guide's vectors, mocks and blanks as placeholders", () => {
    for (const placeholder of [
      "",
      "AKIAIOSFODNN7EXAMPLE",
      "AKIAXXXXXXXXXXXXXXXX",
      "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
      "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy",
      "mock_secret_key",
      "changeme",
      "CHANGE_ME_PLEASE",
      "my-secret-examplekey",
      "-",
      "xxxxxxxx",
      "<your secret>",
      "AKIA0000000000000000",
    ]) {
      assert.equal(isPlaceholder(placeholder), true, placeholder);
    }
    for (const other of ["AKIAQX7TRW2LM3NB4VC5", "AKIAQX7TESTLM3NB4VC5", `${secret.slice(0, 36)}fake`]) {
      assert.equal(isPlaceholder(other), false, other);
    }
  });

  it("tells the words that people write for a password, and where one is kept, from a password", () => {
    for (const name of [
      "YOUR_SMTP_PASSWORD",
      " ${SMTP_PASSWORD} ",
      "{{ .Values.password }}",
      "$SMTP_PASSWORD",
      "%SMTP_PASSWORD%",
      "arn:aws:ssm:eu-west-1:1:parameter/x",
      "Vault:mail/smtp",
      "/run/secrets/smtp",
    ]) {
      assert.equal(namesSecret(name), true, name);
    }
    for (const other of ["0815YOUR_PASSWORD", "YOUR_PASSWORD_0815", "correct horse", "pa$sword", "my:vault:x", "a/b"]) {
      assert.equal(namesSecret(other), false, other);
    }
  });

  it("may be in a run of any of base64's characters, and of no others", () => {
    for (const character of "AZaz09+/") {
      assert.equal(mayHoldCredentials(`key: ${character.repeat(40)}`), true, character);
      assert.equal(mayHoldCredentials(`key: ${character.repeat(39)}`), false, character);
    }
    for (const character of "@[`{.:*,-") assert.equal(mayHoldCredentials(character.repeat(80)), false, character);
  });

  it("finds credentials inside a line, with their places", () => {
    const line = `export AWS_SECRET_ACCESS_KEY=${secret}; id AKIAQX7TRW2LM3NB4VC5`;
    assert.deepEqual(
      credentialsIn(line).map((part) => [part.shape, line.slice(part.start, part.end)]),
      [
        ["secret-access-key", secret],
        ["access-key-id", "AKIAQX7TRW2LM3NB4VC5"],
      ],
    );
  });

  it("finds the id of a key behind the slashes of a URL, where the password is no run of its own", () => {
    const url = "smtps://AKIAQX7TRW2LM3NB4VC5:BHR4kQz8%2Bw1Tn@email-smtp.eu-west-1.amazonaws.com:465";
    assert.deepEqual(credentialsIn(url), [{ shape: "access-key-id", start: 8, end: 28 }]);
    for (const id of ["AKIAIOSFODNN7EXAMPLE", "AKIAQX7TRW2LM3NB4VC5A", "AKIAQX7TRW2LM3NB4VC"]) {
      assert.deepEqual(credentialsIn(`smtps://${id}:x@mail`), []);
    }
  });

  it("says of every text that holds one that it may", () => {
    const password = "BHR4kQz8Lw1Tn7Vb2Xc9Ym3Pd6Sf0Gj5HaKeuWi12345";
    const part = fc.constantFrom(
      secret,
      password,
      "AKIAQX7TRW2LM3NB4VC5",
      "ASIAQX7TRW2LM3NB4VC5",
      "n",
      "=",
      " ",
      "\\n",
    );
    const texts = fc.array(fc.oneof(part, fc.string()), { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(fc.property(texts, (text) => credentialsIn(text).length === 0 || mayHoldCredentials(text)));
    assert.equal(mayHoldCredentials("a line of plain words about aws_iam_user.mail and 0123456789".repeat(9)), false);
  });
});

describe("mail hosts", () => {
  const hosts: readonly (readonly [string, string, string?])[] = [
    ["email-smtp.us-east-1.amazonaws.com", "ses-smtp", "us-east-1"],
    ["email-smtp-fips.us-gov-west-1.amazonaws.com:587", "ses-smtp", "us-gov-west-1"],
    ["[email-smtp.eu-west-1.amazonaws.com]:587", "ses-smtp", "eu-west-1"],
    ["smtps://user:password@email-smtp.eu-central-1.api.aws:465", "ses-smtp", "eu-central-1"],
    ["vpce-0a1b.email-smtp.eu-west-2.vpce.amazonaws.com", "ses-smtp", "eu-west-2"],
    ["email-smtp.cn-north-1.amazonaws.com.cn", "ses-smtp", "cn-north-1"],
    ["email-smtp.\uFFFC.amazonaws.com", "ses-smtp"],
    ["email-smtp.\uFFFC", "ses-smtp"],
    ["email.eu-west-1.amazonaws.com", "ses-api", "eu-west-1"],
    ["abc.fips.a1b2.mail-manager-smtp.amazonaws.com", "mail-manager"],
    ["inbound-smtp.eu-west-1.amazonaws.com", "other"],
    ["feedback-smtp.eu-west-1.amazonses.com", "other"],
    ["smtp.sendgrid.net", "other"],
    ["not-email-smtp.us-east-1.amazonaws.com", "other"],
    ["email.example.com", "other"],
    ["localhost", "other"],
    ["\uFFFC.sendgrid.net:\uFFFC", "other"],
    ["\uFFFC", "unknown"],
    ["\uFFFC.amazonaws.com", "unknown"],
  ];
  for (const [characters, kind, region] of hosts) {
    it(`${characters} is ${kind}`, () => {
      assert.deepEqual(classifyHost(characters), region === undefined ? { kind } : { kind, region });
    });
  }

  it("keeps the region of a text with a hole unknown", () => {
    const pieces = [
      ...text("email-smtp.", at).pieces,
      { kind: "hole" as const, unknown: unknown("no-default", "var.region", at) },
    ];
    const value: Text = { kind: "text", pieces: [...pieces, ...text(".amazonaws.com", at).pieces], at };
    assert.deepEqual(hostOf(value), { kind: "ses-smtp" });
    assert.equal(hostOf(text("", at)), undefined);
  });
});

describe("the region of a host", () => {
  const hosts: readonly (readonly [string, string | undefined])[] = [
    ["email-smtp.eu-west-1.amazonaws.com", "eu-west-1"],
    ["smtps://user@EMAIL-SMTP-FIPS.US-EAST-1.amazonaws.com:465", "US-EAST-1"],
    ["vpce-0a1b.email-smtp.eu-west-2.vpce.amazonaws.com", "eu-west-2"],
    ["email.eu-west-1.amazonaws.com", undefined],
    ["", undefined],
  ];
  for (const [characters, region] of hosts) {
    it(`${characters} is ${region ?? "none"}`, () => {
      assert.equal(knownText(regionOfHost(text(characters, at))), region);
    });
  }
});

describe("setting names", () => {
  const names: readonly (readonly [string, string | undefined])[] = [
    ["SMTP_PASSWORD", "smtp-password"],
    ["MAIL_PASSWORD", "smtp-password"],
    ["EMAIL_HOST_PASSWORD", "smtp-password"],
    ["SPRING_MAIL_PASSWORD", "smtp-password"],
    ["GF_SMTP_PASSWORD", "smtp-password"],
    ["AIRFLOW__SMTP__SMTP_PASSWORD", "smtp-password"],
    ["grafana.smtp.password", "smtp-password"],
    ["smtpPassword", "smtp-password"],
    ["SMTPPassword", "smtp-password"],
    ["smtp_pass", "smtp-password"],
    ["sasl_passwd", "smtp-password"],
    ["AuthInfo", "smtp-password"],
    ["ses_smtp_password_v4", "smtp-password"],
    ["ses_password", "smtp-password"],
    ["SMTP_PASSWORD_BASE64", "smtp-password"],
    ["password", "smtp-password generic"],
    ["mailer.transport.auth.pass", "smtp-password"],
    ["transport.auth.pass", "smtp-password generic"],
    ["SENDGRID_SMTP_PASSWORD", "smtp-password foreign"],
    ["IMAP_PASSWORD", undefined],
    ["EMAIL_IMAP_PASSWORD", undefined],
    ["MAIL_INCOMING_PASSWORD", undefined],
    ["gitlab_rails['incoming_email_password']", undefined],
    ["gitlab_rails['smtp_password']", "smtp-password"],
    ["gitlab_rails['smtp_address']", "smtp-host"],
    ["GITLAB_SMTP_PASSWORD", "smtp-password"],
    ["GITLAB_ROOT_PASSWORD", undefined],
    ["DJANGO_EMAIL_HOST_PASSWORD", "smtp-password"],
    ["NODEMAILER_PASS", "smtp-password"],
    ["mail_smtpname", "smtp-user"],
    ["SMTP_PASSWORD_SECRET_ARN", undefined],
    ["SMTP_PASSWORD_FILE", undefined],
    ["smtp.existingSecret", undefined],
    ["MAIL_DB_PASSWORD", undefined],
    ["SMTP_ADMIN_PASSWORD", undefined],
    ["gitlab.password", undefined],
    ["DJANGO_AWS_SECRET_ACCESS_KEY", "aws-secret"],
    ["MAIL_AUTHINFO", "smtp-password"],
    ["mailu.admin.password", undefined],
    ["DB_PASSWORD", undefined],
    ["APP_PASSWORD", undefined],
    ["compass", undefined],
    ["SMTP_USER", "smtp-user"],
    ["EMAIL_HOST_USER", "smtp-user"],
    ["smtp_username", "smtp-user"],
    ["smtp_access_key_id", "smtp-user"],
    ["smtp_login", "smtp-user"],
    ["smtp_userid", "smtp-user"],
    ["username", "smtp-user generic"],
    ["EMAIL_HOST", "smtp-host"],
    ["smtp.hostname", "smtp-host"],
    ["SMTP_ADDRESS", "smtp-host"],
    ["EMAIL_ADDRESS", undefined],
    ["relayhost", "smtp-host"],
    ["smarthost", "smtp-host"],
    ["SMTP_RELAY", "smtp-host"],
    ["SMTP_SERVER", "smtp-host"],
    ["SMTP_ENDPOINT", "smtp-host"],
    ["host", "smtp-host generic"],
    ["AWS_SECRET_ACCESS_KEY", "aws-secret"],
    ["AWS_ROOT_SECRET_ACCESS_KEY", "aws-secret"],
    ["SECRET_ACCESS_KEY", "aws-secret"],
    ["ACCESS_KEY_SECRET", "aws-secret"],
    ["AWS_ACCESS_SECRET", "aws-secret"],
    ["AWS_SECRET_ACCESS", "aws-secret"],
    ["iam_secret", "aws-secret"],
    ["secretAccessKey", "aws-secret"],
    ["SecretAccessKey", "aws-secret"],
    ["provider.aws.secret_key", "aws-secret"],
    ["SES_SECRET_KEY", "aws-secret"],
    ["aws_secret", "aws-secret"],
    ["secret_key", "aws-secret generic"],
    ["SECRET_KEY_BASE", undefined],
    ["DJANGO_SECRET_KEY", undefined],
    ["APP_SECRET_KEY", undefined],
    ["secret", undefined],
    ["AWS_ACCESS_KEY_ID", "aws-key-id"],
    ["ACCESS_KEY_ID", "aws-key-id"],
    ["AWS_ACCESS_ID", "aws-key-id"],
    ["AWS_KEY_ID", "aws-key-id"],
    ["access_key", "aws-key-id generic"],
    ["AWS_KMS_KEY_ID", undefined],
    ["AWS_REGION", "aws-region"],
    ["AWS_REGION_NAME", "aws-region"],
    ["ses_region", "aws-region"],
    ["region", "aws-region generic"],
  ];
  for (const [name, expected] of names) {
    it(`${name} is ${expected ?? "nothing"}`, () => {
      const found = settingName(name);
      const words = found && [found.role, found.specific ? "" : "generic", found.foreign ? "foreign" : ""];
      assert.equal(words?.filter((word) => word !== "").join(" "), expected);
    });
  }

  it("are as far apart as the words that only one has, those of its role aside", () => {
    const apart: readonly (readonly [string, string, number])[] = [
      ["SMTP_PASSWORD", "SMTP_USER_NAME", 0],
      ["SMTP_PASSWORD_2", "SMTP_USER_2", 0],
      ["SMTP_PASSWORD_2", "SMTP_USER", 1],
      ["news.smtp.password", "SMTP_USER_2", 2],
    ];
    for (const [one, other, expected] of apart) {
      assert.equal(wordsApart(wordsOf(one), wordsOf(other)), expected, `${one}, ${other}`);
      assert.equal(wordsApart(wordsOf(other), wordsOf(one)), expected, `${other}, ${one}`);
    }
  });

  it("tells root from words that contain or accompany it", () => {
    assert.equal(namesRoot("AWS_ROOT_SECRET_ACCESS_KEY"), true);
    assert.equal(namesRoot("root_access_key"), true);
    assert.equal(namesRoot("rootAccessKey"), true);
    for (const other of [
      "rootless_key",
      "root_block_device.kms_key_id",
      "chroot_secret",
      "root_path",
      "RootStack.AccessKeyId",
    ]) {
      assert.equal(namesRoot(other), false, other);
    }
  });
});
