import { addAll } from "../../core/add-all";
import type { Read, TextResult } from "../../core/read";
import type { Span } from "../../core/source";
import { knownText, text } from "../../core/text";
import type { MapValue, Text, Value } from "../../core/value";
import type { CredentialLiteral, RootReference } from "../../model/model";
import { credentialsIn, mayHoldCredentials } from "../../model/credentials/shapes";
import type { SettingNames } from "../../model/credentials/setting-names";
import { literalsIn, type Literals, type Looked } from "../literals";
import { settingsIn } from "../settings";
import { directoryName, resolvePath } from "./functions/path";
import type { UnitTree } from "./modules/unit-tree";
import type { Block, Body, ConfigFile, Expression, TemplatePart } from "./parse/syntax";
import type * as ReachedLiterals from "./reached-literals";
import { textRead, writtenBlock, type WrittenIn } from "./written";

declare function require(path: "./reached-literals"): typeof ReachedLiterals;

/**
 * The credentials that are written in a unit's files, whatever resource type or module they stand in, and the places
 * that name root. The syntax is looked through, once a file, with the files that its functions read: what is written is
 * there whether it is used or not.
 */
export function literalsOfUnit(unit: UnitTree, read: Read, names: SettingNames): Literals {
  const literals: CredentialLiteral[] = [];
  const references: RootReference[] = [];
  const unnamed: Span[] = [];
  const add = (found: Looked): void => {
    addAll(literals, found.literals);
    addAll(references, found.references);
    addAll(unnamed, found.unnamed);
  };
  for (const config of unit.configs()) add(literalsOfFile(config, read, names));
  for (const file of unit.variableFiles) {
    const entries = file.values.map((one) => ({ key: one.name, keyAt: one.at, guard: [], value: one.value() }));
    const at = entries[0]?.keyAt ?? { file: file.path, start: 0, end: 0 };
    const values: MapValue = { kind: "map", entries, at };
    add(literalsIn(settingsIn(values, { nameAt: at }), { address: file.path, profiles: false, names }));
  }
  addAll(literals, unnamed.length === 0 ? [] : require("./reached-literals").reachedLiterals(unit, unnamed, names));
  return { literals, references };
}

/** A module's files are looked through once, however many units call it: names are the same in all of a run. */
const known = new WeakMap<ConfigFile, Looked>();

function literalsOfFile(config: ConfigFile, read: Read, names: SettingNames): Looked {
  const before = known.get(config);
  if (before !== undefined) return before;
  const within: WrittenIn = { file: config.path, read: (path) => textOf(path, config, read) };
  const blocks = mayMention(read.text(config.path)) ? config.body.blocks : [];
  const found = blocks.flatMap((block) => {
    if (notLooked.has(block.type.text) || !mentionsIn(block.body, within)) return []; // It holds nothing that looks so.
    const written = writtenBlock(block, within);
    if (configuresLocalStack(block, written)) return []; // LocalStack takes any credentials: these open nothing.
    return [literalsOfBlock(block, written, names)];
  });
  const literals = {
    literals: found.flatMap((one) => one.literals),
    references: found.flatMap((one) => one.references),
    unnamed: found.flatMap((one) => one.unnamed),
  };
  known.set(config, literals);
  return literals;
}

/** A look at a whole file, which most pass: nothing like a credential, no root, no letters that are escaped, no other file. */
function mayMention(result: TextResult): boolean {
  if (result.kind !== "text") return true;
  return mayHoldCredentials(result.text) || /root|\\[u/]|\b(?:template)?file\b/i.test(result.text);
}

/** A file that a function reads, as one text in which every character has its place. */
function textOf(written: string, config: ConfigFile, read: Read): Text | undefined {
  const path = resolvePath(written, { workingDir: directoryName(config.path) });
  const found = path === undefined ? undefined : read.text(path);
  if (path === undefined || found?.kind !== "text") return undefined;
  return text(found.text, { file: path, start: 0, end: found.text.length });
}

/** An import names what is there already, by its id. */
const notLooked: ReadonlySet<string> = new Set(["import", "moved", "removed"]);

function literalsOfBlock(block: Block, written: MapValue, names: SettingNames): Looked {
  const look = (value: MapValue, { address, name, profiles = false }: LookedAt): Looked => {
    const start = { nameAt: value.at, ...(name !== undefined && { name }) };
    return literalsIn(settingsIn(value, start), { address, profiles, names });
  };
  const type = block.type.text;
  const labels = block.labels.map((label) => label.text);
  const [first = ""] = labels;
  switch (type) {
    case "variable":
      return look(onlyEntry(written, "default", first), { address: `var.${first}` });
    case "output":
      return look(onlyEntry(written, "value", first), { address: `output.${first}` });
    case "provider":
      return look(written, { address: `provider.${first}`, name: `provider.${first}`, profiles: true });
    case "resource":
      return look(written, { address: labels.join(".") });
    case "data":
      return look(written, { address: `data.${labels.join(".")}`, profiles: first === "terraform_remote_state" });
  }
  return look(written, { address: [type, ...labels].join("."), profiles: type === "terraform" });
}

interface LookedAt {
  readonly address: string;
  readonly name?: string;
  readonly profiles?: boolean;
}

/** A variable's default, or an output's value, is a setting with the variable's name. */
function onlyEntry(written: MapValue, key: string, name: string): MapValue {
  const entries = written.entries.filter((entry) => entry.key === key);
  return { ...written, entries: entries.map((entry) => ({ ...entry, key: name })) };
}

/** Does a provider or backend talk to an endpoint on the machine itself? */
function configuresLocalStack(block: Block, written: MapValue): boolean {
  const type = block.type.text;
  return (type === "provider" || type === "terraform") && isLocalEndpoint(written);
}

/** Is there an endpoint on the machine itself among the arguments? */
export function isLocalEndpoint(value: Value): boolean {
  if (value.kind === "map") return value.entries.some((entry) => isLocalEndpoint(entry.value));
  if (value.kind === "list") return value.items.some((item) => isLocalEndpoint(item.value)); // A block in JSON syntax.
  const characters = knownText(value);
  return (
    characters !== undefined &&
    /^https?:\/\/(?:localhost|127\.0\.0\.1|localstack|host\.docker\.internal)\b/.test(characters)
  );
}

/** Is there a text that looks like a credential, or a word root? Most blocks have neither, and need no closer look. */
function mentionsIn(body: Body, within: WrittenIn): boolean {
  return (
    body.attributes.some((attribute) => attribute.name.text.includes("root") || mentions(attribute.value, within)) ||
    body.blocks.some((block) => mentionsIn(block.body, within))
  );
}

function mentions(expression: Expression, within: WrittenIn): boolean {
  const inner = (one: Expression) => mentions(one, within);
  switch (expression.kind) {
    case "template":
      return expression.parts.some((part) => mentionsPart(part, within));
    case "object":
      return expression.items.some(
        (item) => (item.key.kind === "expression" && inner(item.key.value)) || inner(item.value),
      );
    case "tuple":
      return expression.items.some(inner);
    case "call":
      return expression.args.some(inner) || textRead(expression, within).some(holdsCredential);
    case "parentheses":
      return inner(expression.value);
    case "conditional":
      return inner(expression.then) || inner(expression.otherwise);
    case "for-tuple":
    case "for-object":
      return inner(expression.value);
    case "get-attribute":
      return expression.name.text.toLowerCase().includes("root");
    case "index":
    case "splat":
      return inner(expression.of);
    case "variable":
    case "literal":
    case "splat-item":
    case "unary":
    case "binary":
    case "invalid":
      return false;
  }
}

function holdsCredential({ pieces }: Text): boolean {
  return pieces.some((piece) => piece.kind === "known" && credentialsIn(piece.text).length > 0);
}

function mentionsPart(part: TemplatePart, within: WrittenIn): boolean {
  const inner = (one: TemplatePart) => mentionsPart(one, within);
  switch (part.kind) {
    case "text":
      return part.text === "root" || credentialsIn(part.text).length > 0;
    case "interpolation":
      return mentions(part.value, within);
    case "if":
      return part.then.some(inner) || part.otherwise.some(inner);
    case "for":
      return part.body.some(inner);
  }
}
