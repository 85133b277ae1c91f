import { addAll } from "../core/add-all";
import { flatten, slice, spanOf, type Flat } from "../core/flat";
import { always } from "../core/guard";
import { decodeJson } from "../core/json";
import type { Span } from "../core/source";
import { charactersIn, tracesOf } from "../core/text";
import type { Piece, Text, Value } from "../core/value";
import { settingName } from "../model/credentials/setting-names";
import { credentialsIn, mayHoldCredentials } from "../model/credentials/shapes";
import type * as Yaml from "./yaml";

/** Loaded with the first text that is YAML. */
declare function require(path: "./yaml"): typeof Yaml;

/** What a text holds besides being a setting's value. */
type Contents =
  | { readonly kind: "plain" }
  /** JSON, or a value that was encoded as JSON, YAML or Base64 and is a map or list. */
  | { readonly kind: "document"; readonly value: Value }
  /** Named values. `others`: a credential runs through the text, or is written in it, outside of them. */
  | { readonly kind: "parts"; readonly parts: readonly TextPart[]; readonly others: boolean };

interface TextPart {
  readonly name: string;
  readonly nameAt: Span;
  readonly value: Text;
}

/** `name` is the setting's own name: the parts of a URL are called after it. */
export function contentsOf(text: Text, name: string): Contents {
  if (isPlain(text)) return { kind: "plain" };
  const encoded = documentIn(text);
  if (encoded) return encoded;
  const flat = flatten(text);
  const { characters } = flat;
  if (/^\s*[[{]/.test(characters)) {
    const decoded = decodeJson(text);
    if (decoded.kind === "value" && isStructured(decoded.value)) return { kind: "document", value: decoded.value };
    // YAML takes a comma too many, which many a template for JSON has: what is in it is written all the same.
    const flow = decoded.kind === "failed" ? yamlDocument(text) : undefined;
    if (flow) return flow;
  }
  if (characters.includes("://")) {
    const parts = urlParts(flat, name);
    if (parts) return { kind: "parts", parts, others: hasOthers(text, parts) };
  }
  if (!isScript(characters)) return { kind: "plain" };
  const yaml = isYaml(characters) ? yamlDocument(text) : undefined;
  if (yaml) return yaml;
  const parts = lineParts(flat);
  return parts.length === 0 ? { kind: "plain" } : { kind: "parts", parts, others: hasOthers(text, parts) };
}

/** Most texts are a name or a number: one look says that they hold nothing else. */
function isPlain(text: Text): boolean {
  return text.pieces.every(
    (piece) => piece.kind === "hole" || (piece.kind === "known" && !/[\n={[/]/.test(piece.text)),
  );
}

function documentIn(text: Text): Contents | undefined {
  const { pieces } = text;
  const start = pieces.findIndex((piece) => piece.kind === "encoded");
  const only = pieces[start];
  if (only?.kind !== "encoded" || !isComment(pieces.slice(0, start)) || !isComment(pieces.slice(start + 1)))
    return undefined;
  if (isStructured(only.value)) return { kind: "document", value: only.value };
  if (only.value.kind !== "text" || only.format === "url") return undefined;
  const inner = contentsOf(only.value, "");
  return inner.kind === "plain" ? undefined : inner;
}

/** Blank lines and comments: `#cloud-config` before a document. An escape is a piece of its own. */
function isComment(pieces: readonly Piece[]): boolean {
  if (pieces.some(({ kind }) => kind !== "known")) return false;
  const lines = charactersIn(pieces, "")
    .split("\n")
    .map((line) => line.trim());
  return lines.at(-1) === "" && lines.every((line) => line === "" || line.startsWith("#"));
}

function isStructured(value: Value): boolean {
  switch (value.kind) {
    case "list":
    case "map":
      return true;
    case "choice":
      return value.options.some((option) => isStructured(option.value));
    case "null":
    case "bool":
    case "number":
    case "text":
    case "unknown":
      return false;
  }
}

/** Does a credential run, or stand, outside of the parts: in an argument of a command, in a call of a program? */
function hasOthers(text: Text, parts: readonly TextPart[]): boolean {
  const found = new Set(parts.flatMap((part) => tracesOf(part.value)).map((trace) => trace.credential + trace.form));
  if (tracesOf(text).some((trace) => !found.has(trace.credential + trace.form))) return true;
  const written = shapesIn(text);
  return written > 0 && written > parts.reduce((sum, part) => sum + shapesIn(part.value), 0);
}

/** How many credentials are written in a text that tell themselves by their form alone. */
function shapesIn({ pieces }: Text): number {
  const characters = charactersIn(pieces, " ");
  if (!mayHoldCredentials(characters)) return 0;
  return credentialsIn(characters).filter(({ shape }) => shape !== "secret-access-key").length;
}

/** A part has its own place where the text is written, and the text's place where it is only referred to. */
function partOf(flat: Flat, start: number, end: number): Text {
  const part = slice(flat, start, end);
  const { file, start: first, end: last } = flat.at;
  return part.at.file === file && part.at.start >= first && part.at.end <= last ? part : { ...part, at: flat.at };
}

/**
 * `smtps://user:password@host:465`. Holes have no width in the characters. Symfony's `ses+api://ID:KEY@default` takes
 * an access key and no SMTP password (Symfony documentation, "Sending Emails with Mailer").
 */
function urlParts(flat: Flat, name: string): readonly TextPart[] | undefined {
  const match = url.exec(flat.characters);
  if (!match) return undefined;
  const [, scheme = "", user = "", password = "", host = ""] = match;
  const userStart = match.index + match[0].length - user.length - password.length - host.length - 2;
  const passwordStart = userStart + user.length + 1;
  const hostStart = passwordStart + password.length + 1;
  const api = /^ses(?:\+api|\+https)?$/i.test(scheme);
  const owner =
    settingName(`${name}.password`)?.specific === true || !/smtp|^ses/i.test(scheme) ? name : `${name}.smtp`;
  const part = (what: string, start: number, length: number): TextPart => ({
    name: `${owner}.${what}`,
    nameAt: spanOf(flat, match.index, match.index + scheme.length),
    value: partOf(flat, start, start + length),
  });
  const parts = [
    part(api ? "aws_access_key_id" : "user", userStart, user.length),
    part(api ? "aws_secret_access_key" : "password", passwordStart, password.length),
  ];
  return host === "default" ? parts : [...parts, part("host", hostStart, host.length)];
}

/** With bounds, so that it stays linear on texts that are one long word. */
const url = /([A-Za-z][A-Za-z0-9+.-]{0,20}):\/\/([^\s:@/]{0,200}):([^\s@]{0,500})@([A-Za-z0-9_.-]{0,300})/;

/** A text whose every line that is not indented starts an entry of a map: values of a chart, cloud-init, a manifest. */
function isYaml(characters: string): boolean {
  const lines = characters.split("\n").filter((line) => line !== "" && !/^(?:[ \t#}\])]|---|\r$)/.test(line));
  return lines.length > 0 && lines.every((line) => /^["']?[\w./-]+["']?:(?:\s|$)/.test(line));
}

function yamlDocument(text: Text): Contents | undefined {
  const result = require("./yaml").decodeYaml(text, "terraform");
  if (result.kind === "failed") return undefined;
  const documents = result.documents.filter(isStructured);
  const [only] = documents;
  if (only === undefined) return undefined;
  const items = documents.map((value) => ({ guard: always, value }));
  const value: Value = documents.length === 1 ? only : { kind: "list", shape: "list", items, at: text.at };
  return { kind: "document", value };
}

/** Texts of one line that set several things are commands, connection strings and logins; the rest is a plain value. */
function isScript(characters: string): boolean {
  if (characters.includes("\n") || /[\w.-]=/.test(characters)) return true;
  return saslLine.test(characters) || authInfo.test(characters);
}

/** KEY=value, `key: value` and the forms of mail servers, line by line. */
function lineParts(flat: Flat): readonly TextPart[] {
  const parts: TextPart[] = [];
  const isMsmtp = msmtpHost.test(flat.characters) && msmtpPassword.test(flat.characters);
  let start = 0;
  for (const written of flat.characters.split("\n")) {
    const line = written.endsWith("\r") ? written.slice(0, -1) : written;
    const ofServer = saslParts(flat, line, start) ?? (isMsmtp ? msmtpPart(flat, line, start) : undefined);
    addAll(parts, ofServer ?? assignments(flat, line, start));
    start += written.length + 1;
  }
  return parts;
}

function assignments(flat: Flat, line: string, start: number): readonly TextPart[] {
  const parts = several(flat, line, start);
  const whole = parts.length < 2 ? wholeLine.exec(line) : null;
  if (whole) {
    const [, name = "", value = ""] = whole;
    const valueStart = start + line.length - value.length;
    const nameStart = start + line.indexOf(name);
    const afterSign = start + line.slice(0, line.length - value.length).trimEnd().length;
    // What is not known has no width: the value of `PASSWORD=${x} ./run` starts before the blank.
    const from = startsUnknown(flat, afterSign, valueStart) ? afterSign : valueStart;
    return [assignment(flat, name, nameStart, flat.characters.slice(from, start + line.length).trimEnd(), from)];
  }
  if (parts.length > 0) return parts;
  const command = awsConfigure.exec(line);
  if (!command) return [];
  const [text, before = "", name = "", value = ""] = command;
  const valueStart = start + command.index + text.length - value.length;
  return [assignment(flat, name, start + command.index + before.length, value, valueStart)];
}

function startsUnknown(flat: Flat, from: number, to: number): boolean {
  return to > from && slice(flat, from, to).pieces.some((piece) => piece.kind !== "known");
}

/** `docker run -e SMTP_HOST=… -e SMTP_PASSWORD='…'` */
function several(flat: Flat, line: string, start: number): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (let equals = line.indexOf("="); equals >= 0; equals = line.indexOf("=", Math.max(from, equals + 1))) {
    const [name = ""] = /[A-Za-z_][\w.-]*$/.exec(line.slice(Math.max(from, equals - longestName), equals)) ?? [];
    if (name === "") continue; // `==` and `!=` set nothing.
    shortValue.lastIndex = equals + 1;
    const [value = ""] = shortValue.exec(line) ?? [];
    from = equals + 1 + value.length;
    parts.push(assignment(flat, name, start + equals - name.length, value, start + equals + 1));
  }
  return parts;
}

const longestName = 100;
const shortValue = /"[^"]*"?|'[^']*'?|[^\s"']*/y;

/** `export SMTP_HOST="…"`, `smtp_password: …`, `gitlab_rails['smtp_password'] = …`: one setting on a line of its own. */
const wholeLine =
  /^[ \t]*(?:(?:export|set|ENV|-)[ \t]+)?["']?([A-Za-z_][\w.-]*(?:\[["'][\w.-]+["']\])*)["']?[ \t]*[=:](?!\/\/)[ \t]*([^\s].*|)$/;

/** `aws configure set aws_secret_access_key …` */
const awsConfigure = /(aws configure set )([A-Za-z_][\w.-]*) ("[^"]*"|'[^']*'|\S*)/;

function assignment(flat: Flat, name: string, nameStart: number, value: string, valueStart: number): TextPart {
  const quote = value.charAt(0);
  const quoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  const from = quoted ? valueStart + 1 : valueStart;
  const to = quoted ? valueStart + value.length - 1 : valueStart + value.length;
  return { name, nameAt: spanOf(flat, nameStart, nameStart + name.length), value: partOf(flat, from, to) };
}

/** `[host]:587 user:password` of Postfix's sasl_passwd, and `AuthInfo:host "I:user" "P:password"` of sendmail. */
function saslParts(flat: Flat, line: string, start: number): readonly TextPart[] | undefined {
  const postfix = saslLine.exec(line);
  const sendmail = postfix ? null : authInfo.exec(line);
  const match = postfix ?? sendmail;
  if (!match) return undefined;
  const [, before = "", host = "", between = "", user = "", colon = "", password = ""] = match;
  const hostStart = start + before.length;
  const userStart = hostStart + host.length + between.length;
  const passwordStart = userStart + user.length + colon.length;
  const owner = postfix ? "sasl_passwd" : "AuthInfo";
  const part = (what: string, from: number, length: number): TextPart => ({
    name: `${owner}.${what}`,
    nameAt: spanOf(flat, hostStart, hostStart + host.length),
    value: partOf(flat, from, from + length),
  });
  return [
    part("smtp_host", hostStart, host.length),
    part("smtp_user", userStart, user.length),
    part("smtp_password", passwordStart, password.length),
  ];
}

const saslLine = /^([ \t]*(?:echo )?["']?\[)([\w.-]*)(\](?::\d+)?[ \t]+)([^\s:]*)(:)([^\s"']*)/;
const authInfo = /^([ \t]*AuthInfo:)([\w.-]*)([ \t]+.*"I:)([^"]*)("[ \t]+"P:)([^"]*)/;

/** `host email-smtp…`, `user AKIA…` and `password …` of msmtp, each on a line of its own; of words so plain all are asked for. */
function msmtpPart(flat: Flat, line: string, start: number): readonly TextPart[] | undefined {
  const [, before = "", name = "", between = "", value = ""] = msmtpLine.exec(line) ?? [];
  if (name === "") return undefined;
  const nameStart = start + before.length;
  const valueStart = nameStart + name.length + between.length;
  const nameAt = spanOf(flat, nameStart, nameStart + name.length);
  return [{ name: `msmtp.smtp_${name}`, nameAt, value: partOf(flat, valueStart, valueStart + value.length) }];
}

const msmtpHost = /^[ \t]*host[ \t]/m;
const msmtpPassword = /^[ \t]*password[ \t]/m;
const msmtpLine = /^([ \t]*)(host|user|password)([ \t]+)(\S*)$/;
