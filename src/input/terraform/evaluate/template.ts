import { choose } from "../../../core/choice";
import { overOptions } from "../../../core/distribute";
import { always, both, type Guard } from "../../../core/guard";
import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { knownText, mergeTraces, noTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, Known, MapValue, Piece, Text, Unknown, Value } from "../../../core/value";
import { consequence, isError } from "../functions/context";
import { composed, composedText, toText } from "../functions/convert";
import { uncovered } from "../functions/distribute";
import { parseTemplate } from "../parse/parse";
import type { Template, TemplateFor, TemplateIf, TemplatePart, TemplateText } from "../parse/syntax";
import { described } from "./convert";
import { decide } from "./decide";
import { evaluate } from "./expression";
import { handed } from "./handed";
import { overChoice, turnsOf } from "./loop";
import { bind, failure, noNames, overLimit, placeOf, type Handed, type Scope } from "./scope";
import { limited } from "./size";

/** Evaluates a quoted string, a heredoc or a template file. */
export function evaluateTemplate(e: Template, scope: Scope): Value {
  const [only] = e.parts;
  if (e.wrapped && only?.kind === "interpolation") return evaluate(only.value, scope);
  if (only?.kind === "text" && e.parts.length === 1) return plain(composed(only.text), scope.at(only), scope.at(e));
  return limited(evaluateParts(e.parts, placeOf(e, scope), scope));
}

function plain(characters: string, at: Span, whole: Span): Text {
  const pieces: readonly Piece[] = characters === "" ? [] : [writtenPiece(characters, at)];
  return { kind: "text", pieces, at: whole };
}

/** One way in which a text can come out; or the error that it is then. */
interface Draft {
  readonly guard: Guard;
  readonly pieces: Piece[];
  readonly error?: Unknown;
}

/** The choices in the parts multiply. Where they become too many, the part that does it is a hole. */
function evaluateParts(parts: readonly TemplatePart[], at: Span, scope: Scope): Value {
  let drafts: readonly Draft[] = [{ guard: always, pieces: [] }];
  for (const part of parts) {
    if (part.kind === "text") {
      const piece = pieceOf(part, scope);
      if (part.text !== "") for (const draft of drafts) draft.pieces.push(piece);
    } else {
      drafts = appended(drafts, partValue(part, scope));
    }
  }
  const [only] = drafts;
  if (only !== undefined && drafts.length === 1 && only.guard.length === 0) return valueOf(only, at);
  return choose(
    drafts.map((draft) => ({ guard: draft.guard, value: valueOf(draft, at) })),
    at,
  );
}

/** The pieces are copied, since a list that was added to has room for many more. */
function valueOf({ pieces, error }: Draft, at: Span): Value {
  return error ?? composedText({ kind: "text", pieces: pieces.slice(), at });
}

/** Of what instances and loops go over again and again one piece is enough. */
function pieceOf(part: TemplateText, scope: Scope): Known {
  const { names, bindings } = scope;
  const known = bindings && names.pieces.get(part);
  if (known !== undefined) return known;
  const piece = writtenPiece(part.text, scope.at(part));
  if (bindings !== undefined) names.pieces.set(part, piece);
  return piece;
}

function writtenPiece(characters: string, at: Span): Known {
  return { kind: "known", text: characters, at, traces: noTraces };
}

function appended(drafts: readonly Draft[], value: Value): readonly Draft[] {
  if (value.kind !== "choice") {
    const pieces = piecesOf(value);
    // One by one: a call cannot take as many arguments as there may be pieces.
    for (const draft of drafts) for (const piece of pieces) draft.pieces.push(piece);
    return isError(value) ? drafts.map((draft) => ({ ...draft, error: draft.error ?? value })) : drafts;
  }
  const next: Draft[] = [];
  for (const { guard, pieces, error } of drafts) {
    for (const option of value.options) {
      const joined = both(guard, option.guard);
      if (joined === undefined) continue;
      const failed = error ?? (isError(option.value) ? option.value : undefined);
      next.push({ guard: joined, pieces: [...pieces, ...piecesOf(option.value)], ...(failed && { error: failed }) });
    }
    if (next.length > limits.options) return appended(drafts, overOptions(value));
  }
  return next;
}

function piecesOf(value: Definite): readonly Piece[] {
  return toText(value)?.pieces ?? [];
}

/** A part other than plain text, as a text, an unknown or a choice of these. */
function partValue(part: Exclude<TemplatePart, { kind: "text" }>, scope: Scope): Value {
  switch (part.kind) {
    case "interpolation":
      return interpolated(evaluate(part.value, scope), part, scope);
    case "if":
      return evaluateIf(part, scope);
    case "for":
      return evaluateFor(part, scope);
  }
}

function interpolated(value: Value, part: TemplatePart, scope: Scope): Value {
  if (value.kind === "choice") {
    const options = value.options.map(({ guard, value: option }) => ({
      guard,
      value: interpolatedDefinite(option, part, scope),
    }));
    return { ...value, options };
  }
  return interpolatedDefinite(value, part, scope);
}

function interpolatedDefinite(value: Definite, part: TemplatePart, scope: Scope): Definite {
  if (value.kind === "unknown") return value;
  return toText(value) ?? failure(`a template takes strings, not ${described(value)}`, part, scope);
}

function evaluateIf(part: TemplateIf, scope: Scope): Value {
  const at = scope.at(part);
  const branches = decide(evaluate(part.condition, scope), part.condition, scope);
  const alternatives = branches.map(({ guard, value }) => ({
    guard,
    value: typeof value === "boolean" ? evaluateParts(value ? part.then : part.otherwise, at, scope) : value,
  }));
  return choose(alternatives, at);
}

function evaluateFor(part: TemplateFor, scope: Scope): Value {
  const at = scope.at(part);
  return overChoice(evaluate(part.collection, scope), at, (collection) => {
    const turns = turnsOf(collection, part, scope);
    if (turns.error !== undefined) return turns.error;
    let drafts: readonly Draft[] = [{ guard: always, pieces: [] }];
    for (const turn of turns.known) {
      const body = evaluateParts(part.body, at, bind(scope, turn, turn.label));
      drafts = appended(drafts, whereThere(turn.guard, body, at));
      if (drafts.some((draft) => draft.pieces.length > limits.valueSize)) return overLimit("valueSize", at);
    }
    if (turns.rest !== undefined) {
      const { cause, turn } = turns.rest;
      const body = evaluateParts(part.body, at, bind(scope, turn, turn.label));
      drafts = appended(drafts, consequence([cause], at, mergeTraces([...cause.traces, ...tracesOf(body)])));
    }
    return choose(
      drafts.map(({ guard, pieces, error }) => ({ guard, value: error ?? { kind: "text" as const, pieces, at } })),
      at,
    );
  });
}

/** The body of a turn, or nothing where the item is not there. */
function whereThere(guard: Guard, body: Value, at: Span): Value {
  if (guard.length === 0) return body;
  const absent: Value = { kind: "text", pieces: [], at };
  return choose([{ guard, value: body }, ...uncovered([guard]).map((none) => ({ guard: none, value: absent }))], at);
}

/** Templates of files are parsed once; their names are those of the variables that they are handed, and no others. */
export function renderTemplate(source: Text, variables: MapValue, scope: Scope): Value {
  const [piece] = source.pieces;
  if (piece === undefined) return source;
  const text = knownText(source);
  const own = tracesOf(source);
  if (text === undefined || own.length > 0) {
    const handed = stepped(tracesOf(variables), "a template", "may", source.at);
    const traces = mergeTraces([...own, ...handed]);
    return unknown("unsupported", "a template that is put together", source.at, { traces });
  }
  const isWhole = piece.kind === "known" && source.pieces.length === 1;
  const whole = isWhole ? piece.at : source.at;
  const exact = isWhole && whole.end - whole.start === text.length;
  const template = parsed(text, whole, scope);
  const { file, start } = whole;
  const inside: Scope = {
    evaluation: scope.evaluation,
    names: { ...noNames(scope.names.address, "template"), handed: variablesIn(variables, source.at, file) },
    at: (node) => (exact ? { file, start: start + node.start, end: start + node.end } : whole),
    bindings: undefined,
  };
  return evaluateTemplate(template, inside);
}

function parsed(text: string, at: Span, scope: Scope): Template {
  const known = templates.get(scope.evaluation)?.get(text);
  if (known !== undefined) return known;
  const { template, problems } = parseTemplate({ path: at.file, text });
  for (const problem of problems) {
    const place = problem.at && { file: at.file, start: at.start + problem.at.start, end: at.start + problem.at.end };
    scope.evaluation.files.report({ ...problem, at: place ?? at });
  }
  const inUnit = templates.get(scope.evaluation) ?? new Map<string, Template>();
  inUnit.set(text, template);
  templates.set(scope.evaluation, inUnit);
  return template;
}

const templates = new WeakMap<Scope["evaluation"], Map<string, Template>>();

/** The variables by name; where there may be more of them, every other name is one that is not known. */
function variablesIn(variables: MapValue, at: Span, label: string): Handed {
  const { rest } = variables;
  const values = valuesOf(variables, at);
  if (rest === undefined) return { values, label };
  const traces = stepped(rest.traces, "an element", "may", at);
  return { values, label, others: unknown(rest.reason.kind, rest.reason.what, at, { traces }) };
}

function valuesOf(variables: MapValue, at: Span): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const key of new Set(variables.entries.map((entry) => entry.key))) {
    const entries = variables.entries
      .filter((entry) => entry.key === key)
      .map((entry) => ({ guard: entry.guard, value: handed(entry) }));
    const [first] = entries;
    if (first !== undefined) values.set(key, first.guard.length === 0 ? first.value : choose(entries, at));
  }
  return values;
}
