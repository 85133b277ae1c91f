import { put } from "../../core/map";

/**
 * What a setting is by its name, in one table for every dialect: environment variables, dotted paths of Helm values,
 * camelCase keys, JSON fields, arguments of modules, outputs. Names are compared by whole words, and the last word
 * decides: `SMTP_PASSWORD` is a password, `SMTP_PASSWORD_SECRET_ARN` the name of something else. Names lie in both
 * directions, so a rule never calls a defect proven by one.
 */
export interface SettingName {
  readonly role: SettingRole;
  /**
   * A specific name says mail or AWS itself (`MAIL_PASSWORD`); a generic one counts only together with what stands
   * beside it (`password` beside `host`).
   */
  readonly specific: boolean;
  /** The name says another provider or protocol: `SENDGRID_SMTP_PASSWORD`, `IMAP_PASSWORD`. */
  readonly foreign: boolean;
}

/** Names that a user gives to settings of programs of their own, by what they are. */
export interface OwnNames {
  readonly smtpPassword?: readonly string[];
  readonly smtpUser?: readonly string[];
  readonly smtpHost?: readonly string[];
  readonly awsSecretAccessKey?: readonly string[];
  readonly awsAccessKeyId?: readonly string[];
}

export type SettingRole = "smtp-password" | "smtp-user" | "smtp-host" | "aws-secret" | "aws-key-id" | "aws-region";

/** What the names of settings say: by the table below, and by what a user adds to it. */
export interface SettingNames {
  /** Undefined: nothing that concerns Amazon SES. */
  readonly of: (name: string) => SettingName | undefined;
  /** A user added names, which quick looks for words of the table do not know. */
  readonly isExtended: boolean;
}

/** What a name says by the table alone. */
export const settingName = remembering(readName);

export const tableNames: SettingNames = { of: settingName, isExtended: false };

/** The table with the names that a user adds, which come before its own. */
export function settingNames(own: OwnNames): SettingNames {
  const nouns = ownNouns(own);
  if (nouns.size === 0) return tableNames;
  return { of: remembering((name) => ownName(name, nouns) ?? settingName(name)), isExtended: true };
}

/** Names come again and again in one run: what each says is worked out once. */
function remembering(read: SettingNames["of"]): SettingNames["of"] {
  const known = new Map<string, SettingName | undefined>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    const said = read(name);
    if (known.size >= namesKept) known.clear();
    known.set(name, said);
    return said;
  };
}

/** So that very many names do not all stay in memory: with more, all are worked out again. */
const namesKept = 10_000;

/** What a user calls so is that, whatever else the name says; another provider's name before it is one of its own. */
function ownName(name: string, nouns: ReadonlyMap<string, readonly Noun[]>): SettingName | undefined {
  for (const words of [wordsOf(name), significantWords(name)]) {
    const noun = nouns.get(words.at(-1) ?? "")?.find((candidate) => endsWith(words, candidate.words));
    if (noun === undefined) continue;
    const foreign = words.slice(0, words.length - noun.words.length).some((word) => foreignWords.has(word));
    return { role: noun.role, specific: noun.specific, foreign };
  }
  return undefined;
}

/** By their last words; of two that fit, the longer stands first. */
function ownNouns(own: OwnNames): ReadonlyMap<string, readonly Noun[]> {
  const roles = [
    ["smtp-password", own.smtpPassword],
    ["smtp-user", own.smtpUser],
    ["smtp-host", own.smtpHost],
    ["aws-secret", own.awsSecretAccessKey],
    ["aws-key-id", own.awsAccessKeyId],
  ] as const;
  const all = roles
    .flatMap(([role, names = []]) => names.map((name): Noun => ({ role, words: wordsOf(name), specific: true })))
    .sort((a, b) => b.words.length - a.words.length);
  const nouns = new Map<string, Noun[]>();
  for (const one of all) {
    const last = one.words.at(-1);
    if (last === undefined) continue; // Without a letter or a digit it is no name.
    put(nouns, last, one);
  }
  return nouns;
}

function readName(name: string): SettingName | undefined {
  const words = significantWords(name);
  if (words.some((word) => unrelatedWords.has(word))) return undefined;
  // `GITLAB_SMTP_PASSWORD` is what the program sends mail with, `GITLAB_PASSWORD` is its own.
  if (words.some((word) => programWords.has(word)) && !words.some(saysMailOrAws)) return undefined;
  const noun = nouns.find((candidate) => endsWith(words, candidate.words));
  if (noun === undefined) return undefined;
  const role = roleOf(noun, words);
  if (role === undefined) return undefined;
  const foreign = words.some((word) => foreignWords.has(word));
  const specific = noun.specific || words.some((word) => subjectsOf(role).has(withoutDigits(word)));
  return specific || isGeneric(name, noun) ? { role, specific, foreign } : undefined;
}

/**
 * Does a name say root in a word of its own: `AWS_ROOT_SECRET_KEY`, never `rootless`, `chroot` or
 * `root_block_device`? What stands before the last dot says where a value comes from (`module.root.key`).
 */
export function namesRoot(name: string): boolean {
  if (!/root/i.test(name)) return false;
  const words = wordsOf(name.slice(name.lastIndexOf(".") + 1));
  return words.includes("root") && !words.some((word) => wordsBesideOtherRoots.has(word));
}

/**
 * The words of a name, lower case: `grafana.smtpPassword` is grafana, smtp, password. Compounds that people write as
 * one word (`smtppassword`, `passwd`) become the words that they mean.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .flatMap((word) => compounds.get(word.toLowerCase()) ?? [word.toLowerCase()]);
}

/** How many words only one of two names has; those that say its role (`user`, `password`, `host`) count for nothing. */
export function wordsApart(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a.filter(saysWhose)), new Set(b.filter(saysWhose))];
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  return left.size + right.size - 2 * common;
}

/** Whose a credential of AWS is by its name: `var.prod_root_access_key` and `PROD_ROOT_SECRET` are of `prod root`. */
export function ownerNamed(name: string): string {
  const words = wordsOf(name.slice(name.lastIndexOf(".") + 1));
  return words.filter((word) => saysWhose(word) && !saysAws.has(word)).join(" ");
}

const saysAws = setOf("aws amazon iam");

function saysWhose(word: string): boolean {
  return !roleWords.has(word);
}

const roleWords = setOf("user name login id password secret access key host server endpoint address port url");

interface Noun {
  readonly words: readonly string[];
  readonly role: SettingRole;
  /** The noun alone says mail or AWS. */
  readonly specific: boolean;
}

/** What a name can end in; of two that fit, the longer stands first. */
const nouns: readonly Noun[] = [
  noun("aws-secret", "secret access key", true),
  noun("aws-secret", "access key secret", true),
  noun("aws-key-id", "access key id", true),
  noun("aws-secret", "access secret"),
  noun("aws-secret", "secret access"),
  noun("aws-secret", "secret key"),
  noun("aws-key-id", "access key"),
  noun("aws-key-id", "access id"),
  noun("aws-key-id", "key id"),
  noun("aws-region", "region name"),
  noun("smtp-user", "user name"),
  noun("smtp-user", "user id"),
  noun("smtp-user", "smtp name"), // Nextcloud's image: SMTP_NAME beside SMTP_PASSWORD.
  noun("smtp-host", "relay host", true),
  noun("smtp-host", "smart host", true),
  noun("smtp-host", "host name"),
  noun("smtp-password", "auth info", true),
  noun("smtp-password", "password"),
  noun("aws-secret", "secret"),
  noun("smtp-user", "user"),
  noun("smtp-user", "login"),
  noun("smtp-host", "host"),
  noun("smtp-host", "server"),
  noun("smtp-host", "relay"),
  noun("smtp-host", "endpoint"),
  noun("smtp-host", "address"),
  noun("aws-region", "region"),
];

const mailWords = setOf(
  "smtp smtps mail mails mailer nodemailer phpmailer mailing email emails ses sendmail postfix exim msmtp ssmtp sasl relay",
);

const awsWords = setOf("aws amazon iam ses sesv2 s3 sns sqs dynamodb kinesis cloudwatch route53 bedrock ecr");

/** Other providers of mail or storage: their credentials are none of AWS. */
const foreignWords = setOf(
  `sendgrid mailgun mandrill mailchimp postmark sparkpost mailjet mailtrap sendinblue brevo resend gmail google outlook
  office365 o365 azure zoho mailhog alibaba aliyun oss gcp gcs digitalocean spaces wasabi
  backblaze cloudflare r2 scaleway linode hetzner minio`,
);

/** The name is about something else, mail that comes in too, whatever else it says. */
const unrelatedWords = setOf(
  `database db postgres postgresql pg mysql mariadb mongo mongodb redis rabbitmq amqp ldap bind jwt oauth oidc session
  cookie captcha recaptcha kms reset forgot policy minimum min max imap imaps pop pop3 dovecot incoming inbound`,
);

/** Programs and services with passwords of their own, unless the name says mail or AWS. */
const programWords = setOf("github gitlab stripe twilio slack docker registry django rails");

/** Passwords and users of people rather than of a mail client. */
const unrelatedToMail = setOf("admin root superuser initial postmaster");

/** Words that leave a generic name generic: `auth.password`, `connection.host`. */
const neutralWords = setOf(
  "auth authentication config configuration settings options credentials client connection transport server account",
);

/** Words at the end that say how a value is written or where it is used, not what it is. */
const trailingWords = setOf(
  `value string text plain plaintext raw base64 b64 encoded encrypted v4 prod production staging stage dev development
  parameter param env`,
);

const wordsBesideOtherRoots = setOf("device volume disk block directory dir path domain object ca");

const compounds: ReadonlyMap<string, readonly string[]> = new Map(
  `passwd=password passwort=password pass=password pwd=password pw=password passphrase=password
  smtppassword=smtp,password smtppasswd=smtp,password smtppass=smtp,password smtppwd=smtp,password
  mailpassword=mail,password mailpass=mail,password emailpassword=email,password userpassword=user,password
  authpassword=auth,password authpass=auth,password username=user,name userid=user,id usr=user smtpuser=smtp,user
  smtpusername=smtp,user,name smtpname=smtp,user,name mailuser=mail,user mailusername=mail,user,name emailuser=email,user authuser=auth,user
  hostname=host,name smtphost=smtp,host smtpserver=smtp,server mailhost=mail,host emailhost=email,host
  mailhub=mail,host mailserver=mail,server relayhost=relay,host smarthost=smart,host addr=address authinfo=auth,info
  sessmtp=ses,smtp accesskey=access,key accesskeyid=access,key,id keyid=key,id secretkey=secret,key
  secretaccesskey=secret,access,key awsaccesskeyid=aws,access,key,id awssecretaccesskey=aws,secret,access,key`
    .split(/\s+/)
    .map((line): [string, readonly string[]] => {
      const [compound = "", meaning = ""] = line.split("=");
      return [compound, meaning.split(",")];
    }),
);

/** What the noun is with the other words; undefined where they make it something else. */
function roleOf(noun: Noun, words: readonly string[]): SettingRole | undefined {
  const last = noun.words.join(" ");
  // An address alone is a person's, and a secret alone is anything.
  if (last === "address") return words.includes("smtp") ? noun.role : undefined;
  if (last === "secret") return words.some((word) => word === "aws" || word === "iam") ? noun.role : undefined;
  // The user name of SMTP is a key's id, and some names say so.
  if (noun.role === "aws-key-id" && words.includes("smtp")) return "smtp-user";
  if (noun.role.startsWith("smtp-") && words.some((word) => unrelatedToMail.has(word))) return undefined;
  return noun.role;
}

function saysMailOrAws(word: string): boolean {
  return awsWords.has(word) || mailWords.has(withoutDigits(word));
}

function subjectsOf(role: SettingRole): ReadonlySet<string> {
  return role === "aws-secret" || role === "aws-key-id" || role === "aws-region" ? awsWords : mailWords;
}

/** Does the last part of a path say the noun and nothing else? What stands above it may be anything. */
function isGeneric(name: string, noun: Noun): boolean {
  const words = significantWords(name.split(/[./:]/).findLast((part) => wordsOf(part).length > 0) ?? "");
  return words
    .slice(0, Math.max(0, words.length - noun.words.length))
    .every((word) => neutralWords.has(withoutDigits(word)));
}

function significantWords(name: string): readonly string[] {
  const words = [...wordsOf(name)];
  for (let last = words.at(-1); last !== undefined && isTrailing(last); last = words.at(-1)) words.pop();
  return words;
}

/** A number or a letter at the end tells several apart: `SMTP_PASSWORD_2`, `SMTP_USERNAME_B`. */
function isTrailing(word: string): boolean {
  return trailingWords.has(word) || /^(?:[0-9]+|[a-z])$/.test(word);
}

function endsWith(words: readonly string[], end: readonly string[]): boolean {
  return end.length <= words.length && end.every((word, i) => words[words.length - end.length + i] === word);
}

/** `email2` is an email; `s3` and `route53` stand in the tables with their digits. */
function withoutDigits(word: string): string {
  return awsWords.has(word) ? word : word.replace(/[0-9]+$/, "");
}

function noun(role: SettingRole, words: string, specific = false): Noun {
  return { words: words.split(" "), role, specific };
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
