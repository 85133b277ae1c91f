import { addAll } from "../../core/add-all";
import { always, both, either, negate, type Guard } from "../../core/guard";
import { decodeJson } from "../../core/json";
import { put } from "../../core/map";
import { compareText, type Span } from "../../core/source";
import { entry, firstUnknown, knownText, optionsOf, text, unknown } from "../../core/text";
import type { Entry, Item, ListValue, MapValue, Piece, Text, Unknown, Value } from "../../core/value";

/** A body as the evaluator gives it: a data source, or a block inside one. */
export interface EvaluatedBody {
  readonly at: Span;
  readonly guard: Guard;
  /** The arguments that are written. */
  readonly arguments: readonly { readonly name: string; readonly at: Span }[];
  /** Undefined where the argument is not set. */
  argument(name: string): Value | undefined;
  blocks(type: string): readonly EvaluatedBody[];
}

/**
 * The document of `data.aws_iam_policy_document`, merged as the AWS provider does it (policy_document_data_source.go,
 * `Merge`): the source documents, then the statement blocks, then the overriding documents; a statement whose Sid is
 * there already takes its place. Every action keeps the place where it was written.
 */
export function policyDocument(data: EvaluatedBody): Text {
  const documents: readonly Statements[] = [
    ...documentsOf(data, "source_json", "source_policy_documents"),
    { statements: data.blocks("statement").map(statement), rest: undefined },
    ...documentsOf(data, "override_json", "override_policy_documents", "last"),
  ];
  const merged: Merged = { statements: [], rest: undefined };
  for (const document of documents) merge(merged, document);
  const entries: Entry[] = [];
  const id = data.argument("policy_id");
  if (isSet(id)) entries.push(entry("Id", id));
  const version = data.argument("version") ?? text("2012-10-17", data.at);
  entries.push(
    entry(
      "Version",
      documents.reduce((newest, one) => newer(newest, one.version), version),
    ),
  );
  const { rest } = merged;
  entries.push(
    entry("Statement", { kind: "list", shape: "list", items: merged.statements, at: data.at, ...(rest && { rest }) }),
  );
  const document: MapValue = { kind: "map", entries, at: data.at };
  return { kind: "text", at: data.at, pieces: [{ kind: "encoded", format: "json", value: document, at: data.at }] };
}

interface Merged {
  statements: readonly Item[];
  rest: Unknown | undefined;
}

/** The statements of one document; `rest` says that there may be more. */
interface Statements {
  readonly statements: readonly Item[];
  readonly rest: Unknown | undefined;
  /** What the document says of it. */
  readonly version?: Value | undefined;
}

/** A later version wins wherever it stands; where one of them is not known, so is the result, unless it cannot matter. */
function newer(one: Value, other: Value | undefined): Value {
  const [a, b] = [knownText(one), knownText(other)];
  if (other === undefined || a === "2012-10-17") return one;
  return b === undefined || a === undefined || b > a ? other : one;
}

function merge(into: Merged, from: Statements): void {
  for (const added of from.statements) into.statements = place(into.statements, added);
  const { rest } = from;
  if (rest === undefined) return;
  into.statements = into.statements.map((item) => (sidOf(item.value) === "" ? item : mayBeReplaced(item, rest)));
  into.rest ??= rest;
}

function place(statements: readonly Item[], added: Item): readonly Item[] {
  const sid = sidOf(added.value);
  if (sid === "") return [...statements, added];
  const result: Item[] = [];
  let placed = false;
  for (const item of statements) {
    const known = sidOf(item.value);
    if (typeof sid !== "string") {
      result.push(known === "" ? item : mayBeReplaced(item, sid));
    } else if (typeof known !== "string") {
      result.push(mayBeReplaced(item, known));
    } else if (sid !== known) {
      result.push(item);
    } else {
      if (!placed) result.push(added);
      placed = true;
      addAll(result, keptWhere(item, negate(added.guard)));
    }
  }
  if (!placed) result.push(added);
  return result;
}

/** A statement that is overridden under a guard stays where the guard does not hold. */
function keptWhere(item: Item, guards: readonly Guard[]): readonly Item[] {
  return guards.flatMap((guard) => {
    const joined = both(item.guard, guard);
    return joined === undefined ? [] : [{ guard: joined, value: item.value }];
  });
}

/** Whether a statement that an unknown document may override is in force cannot be told: its effect is unknown. */
function mayBeReplaced(item: Item, cause: Unknown): Item {
  if (item.value.kind !== "map") return item;
  const effect = unknown(cause.reason.kind, cause.reason.what, cause.at);
  const others = item.value.entries.filter((one) => one.key !== "Effect");
  return { guard: item.guard, value: { ...item.value, entries: [...others, entry("Effect", effect)] } };
}

/** The Sid; "" where there is none, so that nothing overrides the statement. */
function sidOf(value: Value): string | Unknown {
  if (value.kind === "unknown") return value;
  if (value.kind !== "map") return "";
  const sids = value.entries.filter((one) => one.key.toLowerCase() === "sid");
  const [sid] = sids;
  if (sid === undefined) return "";
  const known = sids.length === 1 ? knownText(sid.value) : undefined;
  if (known !== undefined) return known;
  if (sid.value.kind === "null") return "";
  return firstUnknown(sid.value) ?? unknown("unsupported", "a choice of statement ids", sid.value.at);
}

/** The old single argument stands before the list where documents are sources, and after it where they override. */
function documentsOf(
  data: EvaluatedBody,
  single: string,
  list: string,
  order: "first" | "last" = "first",
): readonly Statements[] {
  const one = [data.argument(single)].filter(isSet).map(statementsOf);
  const many = [data.argument(list)].filter(isSet).flatMap(documentsIn);
  return order === "first" ? [...one, ...many] : [...many, ...one];
}

function documentsIn(value: Value): readonly Statements[] {
  return optionsOf(value).flatMap((option): readonly Statements[] => {
    if (option.value.kind === "null") return [];
    if (option.value.kind !== "list") return [under(option.guard, statementsOf(option.value))];
    const { items, rest } = option.value;
    const documents = items.map((item) => under(option.guard, under(item.guard, statementsOf(item.value))));
    return rest === undefined ? documents : [...documents, { statements: [], rest }];
  });
}

/** The statements of a document that is given as JSON text. */
function statementsOf(document: Value): Statements {
  switch (document.kind) {
    case "null":
      return { statements: [], rest: undefined };
    case "choice":
      return join(document.options.map((option) => under(option.guard, statementsOf(option.value))));
    case "text":
      return document.pieces.length === 0 ? { statements: [], rest: undefined } : statementsOfJson(document);
    case "unknown":
      return { statements: [], rest: document };
    case "map": {
      const [statements, versions] = ["statement", "version"].map((key) =>
        document.entries.filter((one) => one.key.toLowerCase() === key),
      );
      const parts = statements?.map((one) => under(one.guard, statementItems(one.value))) ?? [];
      return { ...join(parts, document.rest), version: versions?.[0]?.value };
    }
    case "bool":
    case "number":
    case "list":
      return { statements: [], rest: unknown("invalid", "a policy document", document.at) };
  }
}

function statementsOfJson(document: Text): Statements {
  const [only] = document.pieces;
  if (document.pieces.length === 1 && only?.kind === "encoded" && only.format === "json") {
    return statementsOf(only.value);
  }
  if (knownText(document)?.trim() === "") {
    return { statements: [], rest: undefined };
  }
  const decoded = decodeJson(document);
  if (decoded.kind === "value" && decoded.value.kind !== "text") return statementsOf(decoded.value);
  return { statements: [], rest: firstUnknown(document) ?? unknown("invalid", "a policy document", document.at) };
}

function statementItems(value: Value): Statements {
  switch (value.kind) {
    case "list":
      return { statements: value.items, rest: value.rest };
    case "map":
      return { statements: [{ guard: always, value }], rest: undefined };
    case "choice":
      return join(value.options.map((option) => under(option.guard, statementItems(option.value))));
    case "unknown":
      return { statements: [], rest: value };
    case "null":
      return { statements: [], rest: undefined };
    case "text":
    case "bool":
    case "number":
      return { statements: [], rest: unknown("invalid", "a statement", value.at) };
  }
}

function join(parts: readonly Statements[], rest?: Unknown): Statements {
  return {
    statements: parts.flatMap((part) => part.statements),
    rest: rest ?? parts.find((part) => part.rest !== undefined)?.rest,
    version: parts.find((part) => part.version !== undefined)?.version,
  };
}

function under(guard: Guard, part: Statements): Statements {
  if (guard.length === 0) return part;
  const statements = part.statements.flatMap((item) => {
    const joined = both(item.guard, guard);
    return joined === undefined ? [] : [{ guard: joined, value: item.value }];
  });
  return { ...part, statements };
}

/** One `statement` block as a statement of the document. Arguments that are empty are left out, as the provider does. */
function statement(block: EvaluatedBody): Item {
  const entries: Entry[] = [];
  const sid = block.argument("sid");
  if (isSet(sid)) entries.push(entry("Sid", sid));
  const effect = block.argument("effect");
  entries.push(entry("Effect", isSet(effect) ? effect : text("Allow", block.at), nameAt(block, "effect")));
  for (const [argument, key] of listArguments) {
    const value = block.argument(argument);
    if (isSet(value)) entries.push(entry(key, single(withVariables(value)), nameAt(block, argument)));
  }
  for (const [type, key] of principalBlocks) {
    const blocks = block.blocks(type);
    if (blocks.length > 0) entries.push(entry(key, principals(blocks, block.at)));
  }
  const conditions = block.blocks("condition");
  if (conditions.length > 0) {
    entries.push({ ...entry("Condition", condition(conditions, block.at)), guard: guardOf(conditions) });
  }
  return { guard: block.guard, value: { kind: "map", entries, at: block.at } };
}

const listArguments = [
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
] as const;

const principalBlocks = [
  ["principals", "Principal"],
  ["not_principals", "NotPrincipal"],
] as const;

/** `{ "AWS": [...] }` by the type of the principals; the type `*` is everyone. */
function principals(blocks: readonly EvaluatedBody[], at: Span): Value {
  const everyone = blocks.map((block) => block.argument("type")).find((type) => knownText(type) === "*");
  if (everyone !== undefined) return everyone;
  const groups = groupBy(blocks, "type");
  const entries = groups.keyed.map(([key, members]) => entry(key, listOf(members, "identifiers", at)));
  return { kind: "map", entries, at, ...(groups.rest && { rest: groups.rest }) };
}

/** `{ "StringEquals": { "ses:FromAddress": [...] } }`. A condition without values never holds: it is there with its blocks. */
function condition(blocks: readonly EvaluatedBody[], at: Span): Value {
  const tests = groupBy(blocks, "test");
  const entries = tests.keyed.map(([test, members]) => {
    const variables = groupBy(members, "variable");
    const values = variables.keyed.map(([variable, same]) => ({
      ...entry(variable, listOf(same, "values", at)),
      guard: guardOf(same),
    }));
    return entry(test, { kind: "map", entries: values, at, ...(variables.rest && { rest: variables.rest }) });
  });
  return { kind: "map", entries, at, ...(tests.rest && { rest: tests.rest }) };
}

/** When any of the blocks is there. */
function guardOf(blocks: readonly EvaluatedBody[]): Guard {
  return either(blocks.map((block) => block.guard));
}

/** Blocks by the text of an argument. One whose text is not known could be any of them: a rest. */
function groupBy(blocks: readonly EvaluatedBody[], argument: string) {
  const keyed = new Map<string, EvaluatedBody[]>();
  let rest: Unknown | undefined;
  for (const block of blocks) {
    const value = block.argument(argument);
    const key = knownText(value);
    if (key === undefined) {
      rest ??= (value && firstUnknown(value)) ?? unknown("unsupported", argument, value?.at ?? block.at);
    } else {
      put(keyed, key, block);
    }
  }
  return { keyed: [...keyed].sort(([a], [b]) => compareText(a, b)), rest };
}

/** The items of the same list argument of several blocks, as one list. */
function listOf(blocks: readonly EvaluatedBody[], argument: string, at: Span): Value {
  const [only] = blocks;
  const value = only?.argument(argument);
  if (blocks.length === 1 && only?.guard.length === 0 && value !== undefined) return single(withVariables(value));
  const items: Item[] = [];
  let rest: Unknown | undefined;
  for (const block of blocks) {
    for (const option of optionsOf(withVariables(block.argument(argument) ?? { kind: "null", at }))) {
      const guard = both(block.guard, option.guard);
      if (guard === undefined || option.value.kind === "null") continue; // It is never there, or not set.
      if (option.value.kind !== "list") items.push({ guard, value: option.value });
      else {
        addAll(
          items,
          option.value.items.flatMap((item) => keptWhere(item, [guard])),
        );
        rest ??= option.value.rest;
      }
    }
  }
  return { kind: "list", shape: "list", items, at, ...(rest && { rest }) };
}

/** The provider writes a list of one item as the item. */
function single(value: Value): Value {
  if (value.kind !== "list" || value.rest !== undefined) return value;
  const [only] = value.items;
  return only !== undefined && value.items.length === 1 && only.guard.length === 0 ? only.value : value;
}

/** `&{aws:username}` is IAM's `${aws:username}`, written so that Terraform leaves it alone. The places stay exact. */
function withVariables(value: Value): Value {
  switch (value.kind) {
    case "text":
      return value.pieces.some(hasVariable) ? { ...value, pieces: value.pieces.map(withVariable) } : value;
    case "list":
      return { ...value, items: value.items.map((item) => ({ ...item, value: withVariables(item.value) })) };
    case "choice": {
      const options = value.options.flatMap((option) => {
        return optionsOf(withVariables(option.value)).map((one) => ({ ...one, guard: option.guard }));
      });
      return { ...value, options };
    }
    case "null":
    case "bool":
    case "number":
    case "map":
    case "unknown":
      return value;
  }
}

function hasVariable(piece: Piece): boolean {
  return piece.kind === "known" && piece.text.includes("&{");
}

function withVariable(piece: Piece): Piece {
  return piece.kind === "known" ? { ...piece, text: piece.text.replaceAll("&{", "${") } : piece;
}

function nameAt(block: EvaluatedBody, argument: string): Span {
  return block.arguments.find(({ name }) => name === argument)?.at ?? block.at;
}

/** Is the argument given, and not as null, an empty text or an empty list? */
function isSet(value: Value | undefined): value is Value {
  if (value === undefined || value.kind === "null") return false;
  if (value.kind === "text") return value.pieces.length > 0;
  return value.kind !== "list" || !isEmpty(value);
}

function isEmpty(list: ListValue): boolean {
  return list.items.length === 0 && list.rest === undefined;
}
