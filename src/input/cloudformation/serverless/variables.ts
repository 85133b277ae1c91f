import { flatten, slice, spanOf, type Flat } from "../../../core/flat";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { knownText, text as textOf, unknown } from "../../../core/text";
import type { Text, Value } from "../../../core/value";
import { distribute } from "../../../core/distribute";
import { localPath, type LocalPath } from "../local-path";
import { asText, piecesOf, textOf as textOfPieces } from "../pieces";

/** Where variables are looked up. */
interface Service {
  /** The path of the service's file: what it names is relative to it. */
  readonly path: string;
  readonly root: Value;
  /** What a file of the input holds. */
  file(path: LocalPath, at: Span): Value | undefined;
}

/**
 * Puts in the variables of the Serverless Framework: `${self:custom.host}`, `${file(./mail.yml):host}`, `${opt:stage, 'dev'}`.
 * What only a run knows (options, environment, SSM, outputs of stacks) is the fallback that is written beside it,
 * otherwise unknown. `${Name}` and `${AWS::Region}` are CloudFormation's and stay. (Serverless Framework documentation,
 * "Variables".)
 */
export function variables(service: Service): (value: Value) => Value {
  const lookup: Lookup = { service, memo: new Map(), depth: 0 };
  return (value) => resolve(value, lookup);
}

interface Lookup {
  readonly service: Service;
  /** A value that is worked out is not worked out again; one that is asked for meanwhile refers to itself. */
  readonly memo: Map<Value, Value>;
  depth: number;
}

function resolve(value: Value, lookup: Lookup): Value {
  if (value.kind !== "text" && value.kind !== "list" && value.kind !== "map") return value;
  const known = lookup.memo.get(value);
  if (known !== undefined) return known;
  if (lookup.depth >= limits.depth) return unknown("limit", "depth", value.at);
  lookup.memo.set(value, unknown("invalid", "a variable that refers to itself", value.at));
  lookup.depth++;
  const result = resolved(value, lookup);
  lookup.depth--;
  lookup.memo.set(value, result);
  return result;
}

function resolved(value: Value, lookup: Lookup): Value {
  if (value.kind === "text") return resolveText(value, lookup);
  if (value.kind === "list") {
    const items = value.items.map((item) => ({ ...item, value: resolve(item.value, lookup) }));
    return items.every((item, i) => item.value === value.items[i]?.value) ? value : { ...value, items };
  }
  if (value.kind !== "map") return value;
  const entries = value.entries.map((entry) => ({ ...entry, value: resolve(entry.value, lookup) }));
  return entries.every((entry, i) => entry.value === value.entries[i]?.value) ? value : { ...value, entries };
}

function resolveText(written: Text, lookup: Lookup): Value {
  if (!written.pieces.some((piece) => piece.kind === "known" && piece.text.includes("${"))) return written;
  const flat = flatten(written);
  const parts: Value[] = [];
  let from = 0;
  for (const { start, end } of variablesIn(flat.characters)) {
    if (from < start) parts.push(slice(flat, from, start));
    parts.push(valueOf(flat, start, end, lookup));
    from = end;
  }
  const [only] = parts;
  if (only === undefined) return written;
  if (from < flat.characters.length) parts.push(slice(flat, from, flat.characters.length));
  // A text that is one variable is whatever the variable is: a list of resources, a map of settings.
  if (parts.length === 1) return only;
  return distribute(parts, written.at, (args) => textOfPieces(args.flatMap(piecesOf), written.at));
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The outermost variables. Those of CloudFormation have no source before a single colon. */
function variablesIn(characters: string): readonly Range[] {
  const found: Range[] = [];
  for (let start = characters.indexOf("${"); start >= 0; start = characters.indexOf("${", start + 2)) {
    sourceOf.lastIndex = start + 2;
    if (!sourceOf.test(characters)) continue;
    const end = endOf(characters, start);
    if (end === undefined) break;
    found.push({ start, end });
    start = end - 2;
  }
  return found;
}

const sourceOf = /\s*(?:\w{1,40}\([^()]{0,1000}\)|\w{1,40}:(?!:)|['"])/y;

/** Behind the brace that closes the one at `start`; undefined where none does. */
function endOf(characters: string, start: number): number | undefined {
  let open = 0;
  for (let pos = start; pos < characters.length; pos++) {
    if (characters.startsWith("${", pos)) open++;
    else if (characters.charAt(pos) === "}" && --open === 0) return pos + 1;
  }
  return undefined;
}

/** The value of `${source:address, fallback}`: of what is written between commas, the first that is there. */
function valueOf(flat: Flat, start: number, end: number, lookup: Lookup): Value {
  const at = spanOf(flat, start, end);
  const [name = ""] = flat.characters.slice(start + 2, end - 1).split(",");
  const inner = resolve(slice(flat, start + 2, end - 1), lookup);
  const content = knownText(inner);
  const none = unknown("no-default", name.trim(), at, { id: `\${${name.trim()}}` });
  if (content === undefined) return none;
  for (const part of content.split(",")) {
    const value = sourceValue(part.trim(), at, lookup);
    if (value !== undefined) return value;
  }
  return none;
}

/** Undefined where nothing is written there: then the fallback counts. */
function sourceValue(written: string, at: Span, lookup: Lookup): Value | undefined {
  const quoted = /^(['"])(.*)\1$/.exec(written);
  if (quoted) return textOf(quoted[2] ?? "", at);
  const [, source = "", argument, address = ""] = /^(\w+)(?:\(([^()]*)\))?(?::(.*))?$/.exec(written) ?? [];
  const { service } = lookup;
  if (source === "self") return valueAt(service.root, address, lookup);
  if (source === "file" && argument !== undefined) return fileValue(argument.trim(), address, at, lookup);
  if (source === "param") {
    // Version 3 of the framework has them by stage, version 4 has them in the stage.
    const places = [`params.default.${address}`, `stages.default.params.${address}`];
    return places.map((place) => valueAt(service.root, place, lookup)).find((value) => value !== undefined);
  }
  if (source === "aws" && address === "region") return pseudo("AWS::Region", at);
  if (source === "aws" && address === "accountId") return pseudo("AWS::AccountId", at);
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(written)) return textOf(written, at);
  if (source === "" || source === "opt" || source === "env") return undefined;
  // What is kept in AWS, or is given by a plugin, is there in an honest deployment: the fallback is not its value.
  return unknown("data-source", `${source}:${address}`, at, { id: `\${${written}}` });
}

function pseudo(id: string, at: Span): Value {
  return unknown("data-source", id, at, { id });
}

/** Programs are not executed: what they give is not known. */
function fileValue(written: string, address: string, at: Span, lookup: Lookup): Value | undefined {
  const path = localPath(lookup.service.path, written.replace(/^~\//, "/"));
  if (path === undefined || !/\.(?:ya?ml|json)$/i.test(written)) return unknown("unsupported", `file(${written})`, at);
  const { service } = lookup;
  const isItself = path.kind === "inside" && path.path === service.path;
  const value = isItself ? service.root : service.file(path, at);
  return value === undefined ? unknown("missing", `file(${written})`, at) : valueAt(value, address, lookup);
}

/** What stands at an address such as `custom.hosts.0`, with its variables put in. */
function valueAt(root: Value, address: string, lookup: Lookup): Value | undefined {
  let value = root;
  for (const key of address === "" ? [] : address.split(".")) {
    // Only what the address leads to is worked out: the rest of the file may refer back to it.
    const whole = value.kind === "text" ? resolve(value, lookup) : value;
    if (whole.kind === "unknown") return whole;
    const next =
      whole.kind === "map"
        ? whole.entries.find((entry) => entry.key === key)?.value
        : whole.kind === "list" && /^\d{1,6}$/.test(key)
          ? whole.items[Number(key)]?.value
          : undefined;
    if (next === undefined) return undefined;
    value = next;
  }
  const result = resolve(value, lookup);
  return result.kind === "null" ? undefined : asText(result);
}
