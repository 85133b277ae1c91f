import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type SchemaObject } from "ajv";
import standaloneCode from "ajv/dist/standalone";
import prettier from "prettier";
import { rules } from "../rules";

/**
 * What is made of the schema below, by path: the schema as a file for editors, the code that checks a configuration
 * (ajv, compiled ahead of time), and the list of keys in the page about configurations.
 */
export async function configurationFiles(): Promise<ReadonlyMap<string, string>> {
  const file = await prettier.format(JSON.stringify(schema), { parser: "json", printWidth: 120 });
  return new Map([
    ["docs/schema/configuration-v1.json", file],
    ["src/data/check-configuration.js", checkingCode()],
    [
      page,
      readFileSync(join(root, page), "utf8").replace(/(<!-- keys[^]*?-->\n)[^]*(<!-- end -->)/, `$1\n${keyList()}\n$2`),
    ],
  ]);
}

const root = join(__dirname, "..");
const page = "docs/configuration.md";

const levels = {
  error: "every finding of the rule is an error",
  warning: "every finding of the rule is a warning",
  note: "every finding of the rule is a note",
  off: "the rule does not run",
  on: "the rule runs, and each finding has the level that the rule gives it; for rules that are off by default",
};

const level = {
  description: Object.entries(levels)
    .map(([name, says]) => `${name}: ${says}.`)
    .join(" "),
  enum: Object.keys(levels),
};

/** A map of known keys. That these are all is said by their names, so that an error tells them. */
function map(description: string, properties: Readonly<Record<string, SchemaObject>>): SchemaObject {
  return { description, type: "object", properties, propertyNames: { enum: Object.keys(properties) } };
}

/** What an item is stands in `$defs`, so that it is checked by one piece of code. */
function list(description: string, items = "#/$defs/name"): SchemaObject {
  return { description, type: "array", items: { $ref: items } };
}

/** Patterns that paths are compared with one by one: with more of them, or longer ones, nobody would wait for it. */
function globs(description: string): SchemaObject {
  return { ...list(description, "#/$defs/glob"), maxItems: 1000 };
}

const users = "by their names or addresses, in which * and ? are as in policies";

const keys = {
  $schema: { description: "The address or path of this schema, for editors.", type: "string" },
  paths: {
    ...globs(
      "What is linted where the command line names nothing: files, directories and glob patterns, from the directory of the configuration. They do not lead out of the repository.",
    ),
    minItems: 1,
  },
  exclude: globs(
    "What is not linted below the paths: patterns as in .gitignore, from the directory of the configuration. A path that is named is read all the same, and so is what a file refers to that is read.",
  ),
  failOn: {
    description: "The least level that makes the exit status 1; error by default.",
    enum: ["error", "warning", "note", "never"],
  },
  rules: {
    description: "By the id of a rule its level, or an object with the level.",
    type: "object",
    propertyNames: { enum: rules.map(({ id }) => id) },
    additionalProperties: { $ref: "#/$defs/rule" },
  },
  smtpUsers: list(
    `IAM users that send by SMTP even if nothing in the code says so, ${users}. That is evidence as strong as the marks of the SES console.`,
  ),
  allowedActions: {
    description: `By IAM users, ${users}: actions that they may be allowed besides ses:SendRawEmail. smtp-user-excess-permissions does not report these.`,
    type: "object",
    additionalProperties: list("Actions and patterns of actions.", "#/$defs/action"),
  },
  selfProvision: {
    description:
      "How people make their SMTP credentials in the SES console, if they do. document: as the rules' document says, with iam:ListUsers, which is the default. current: as the guide has it since September 2024. off: they do not.",
    enum: ["document", "current", "off"],
  },
  selfProvisionUsers: list(
    `IAM users and permission sets that are meant to make their SMTP credentials in the SES console, ${users}. console-user-list-users warns where one lacks iam:ListUsers, and console-self-provision-incomplete says what else it lacks, whatever it is allowed.`,
  ),
  sensitiveOutputs: {
    description:
      "Whether credential-in-output reports outputs that are marked sensitive, too, as notes; false by default.",
    type: "boolean",
  },
  settingNames: map(
    "What settings of your own programs are called, by what they are. Names are compared by their words, from the end: newsletter_pw is NEWSLETTER_PW, newsletterPw and app.newsletter.pw, too.",
    {
      smtpPassword: list("SMTP passwords.", "#/$defs/settingName"),
      smtpUser: list("User names for SMTP.", "#/$defs/settingName"),
      smtpHost: list("Hosts of SMTP.", "#/$defs/settingName"),
      awsSecretAccessKey: list("Secret access keys of AWS.", "#/$defs/settingName"),
      awsAccessKeyId: list("Ids of access keys of AWS.", "#/$defs/settingName"),
    },
  ),
};

/** What a pattern may not have: `**` three times, or three stars between two slashes. */
const slow = "[^]*(?:(?:[*]{2}[^]*){3}|(?:^|/)(?:[^/*]*[*]){3})";

const schema: SchemaObject = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "https://raw.githubusercontent.com/ses-cred-lint/ses-cred-lint/main/docs/schema/configuration-v1.json",
  title: "Configuration of ses-cred-lint, version 1",
  ...map("ses-cred-lint.config.yaml, ses-cred-lint.config.json, or the key ses-cred-lint of package.json.", keys),
  $defs: {
    name: { type: "string", pattern: "\\S" },
    glob: { type: "string", pattern: `^(?=[^]{1,300}$)(?=[^]*\\S)(?!${slow})` },
    settingName: { type: "string", pattern: "[A-Za-z0-9]" },
    action: { type: "string", pattern: "^(?:[*]|[A-Za-z0-9-]{1,100}:[A-Za-z0-9*?]{1,100})$" },
    rule: {
      if: { type: "object" },
      then: { ...map("The rule's settings.", { level }), required: ["level"] },
      else: level,
    },
  },
};

function checkingCode(): string {
  // What `$ref` names is written out where it is used: ajv would join the errors of functions in quadratic time.
  const options = { allErrors: true, strictTypes: false, code: { source: true, lines: true } };
  const ajv = new Ajv(options).addSchema(withoutProse(schema), "configuration");
  return `// Made by scripts/configuration.ts.\n${standaloneCode(ajv, { check: "configuration" })}`;
}

/** Descriptions are for people: the code does not carry them. */
function withoutProse(part: SchemaObject): SchemaObject {
  const kept = Object.entries(part).filter(([key, value]) => key !== "description" || typeof value !== "string");
  return Object.fromEntries(
    kept.map(([key, value]: [string, unknown]) => [key, isSchema(value) ? withoutProse(value) : value]),
  );
}

function isSchema(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keyList(): string {
  const own = Object.entries(keys).map(
    ([key, { description }]: [string, SchemaObject]) => `- \`${key}\`: ${String(description)}`,
  );
  return `${own.join("\n")}\n`;
}

async function write(): Promise<void> {
  for (const [path, text] of await configurationFiles()) writeFileSync(join(root, path), text);
}

if (require.main === module) void write();
