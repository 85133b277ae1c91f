import { addAll } from "../../../core/add-all";
import { distribute, settle } from "../../../core/distribute";
import { charactersOf, jsonText, rendered } from "../../../core/encode";
import { slice, type Flat } from "../../../core/flat";
import { limits } from "../../../core/limits";
import { decimalText } from "../../../core/scalar";
import { firstUnknown, isKnown, lengthOf, mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import type { Definite, Piece, Text, Unknown, Value } from "../../../core/value";
import { isError } from "./context";
import { toBool, toNumber, toText } from "./convert";
import { unaryWithRest, unknownResult, type Builtin } from "./define";
import { formatNumber, type Verb } from "./format-number";
import { graphemes } from "./graphemes";
import { listOf, listOfValues, ordered } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { convertedHole, made, result, through } from "./pieces";

const format = unaryWithRest("may", [param.known, param.nullable], (call, template, args) => {
  const parts = parseFormat(template);
  return typeof parts === "string" ? fail(call, parts) : fill(call, template, parts, args);
});

type Part =
  | { readonly kind: "text"; readonly from: number; readonly to: number }
  | { readonly kind: "verb"; readonly verb: Verb };

/** `%`, flags, width, precision, the argument's number, the letter. Linear: each part is optional and unlike the next. */
const verbPattern = /%([-+ #0]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([a-zA-Z])/y;

/** The parts of a format string, or what is wrong with it. */
function parseFormat(template: Flat): readonly Part[] | string {
  const { characters } = template;
  const parts: Part[] = [];
  let argument = 0;
  for (let from = 0; from < characters.length;) {
    const percent = characters.indexOf("%", from);
    const to = percent < 0 ? characters.length : percent;
    if (to > from) parts.push({ kind: "text", from, to });
    if (percent < 0) break;
    if (characters[percent + 1] === "%") {
      parts.push({ kind: "text", from: percent, to: percent + 1 });
      from = percent + 2;
      continue;
    }
    verbPattern.lastIndex = percent;
    const match = verbPattern.exec(characters);
    if (match === null) return "the format string is not valid";
    const [whole, flags = "", width, precision, index, mode = ""] = match;
    if (!modes.has(mode)) return "a verb of the format string is not supported";
    if (index !== undefined) argument = Number(index) - 1;
    parts.push({ kind: "verb", verb: verbOf(flags, { width, precision, mode, argument }) });
    argument++;
    from = percent + whole.length;
  }
  return parts;
}

const modes: ReadonlySet<string> = new Set("vtbdoxXeEfgGsq");

interface VerbParts {
  readonly width: string | undefined;
  readonly precision: string | undefined;
  readonly mode: string;
  readonly argument: number;
}

function verbOf(flags: string, { width, precision, mode, argument }: VerbParts): Verb {
  return {
    minus: flags.includes("-"),
    plus: flags.includes("+"),
    space: flags.includes(" "),
    sharp: flags.includes("#"),
    zero: flags.includes("0"),
    width: width === undefined ? undefined : Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    argument,
    mode,
  };
}

function fill(call: Call, template: Flat, parts: readonly Part[], args: readonly Definite[]): Value {
  const used = parts.reduce((most, part) => Math.max(most, part.kind === "verb" ? part.verb.argument + 1 : 0), 0);
  if (used < args.length) return fail(call, "there are more arguments than the format string uses");
  const pieces: Piece[] = [];
  let length = 0;
  for (const part of parts) {
    if (part.kind === "text") {
      addAll(pieces, slice(template, part.from, part.to).pieces);
      continue;
    }
    const arg = args[part.verb.argument];
    if (arg === undefined) return fail(call, "there are fewer arguments than the format string uses");
    const filled = formatValue(arg, part.verb, call);
    if (filled.kind === "unknown") return filled;
    addAll(pieces, filled.pieces);
    length += lengthOf(filled.pieces);
    if (length > limits.textLength) break;
  }
  return result(pieces, call);
}

/** One argument under one verb. Unknown only where the call as a whole is: an error, or over a limit. */
function formatValue(value: Definite, verb: Verb, call: Call): Text | Unknown {
  if (Math.max(verb.width ?? 0, verb.precision ?? 0) > limits.textLength) return overLength([value], call);
  if (value.kind === "null" && verb.mode !== "v") return fail(call, "a null cannot be formatted");
  switch (verb.mode) {
    case "s":
    case "q":
      return formatText(toText(value), verb, call);
    case "t":
      return formatBool(value, call);
    case "v":
      return formatAny(value, verb, call);
    default:
      return formatNumeric(value, verb, call);
  }
}

function formatText(value: Text | undefined, verb: Verb, call: Call): Text | Unknown {
  if (value === undefined) return fail(call, "a string is required");
  if (verb.precision === undefined && verb.mode === "s")
    return pad({ ...value, pieces: through(value, call) }, verb, call);
  let cut: Text = value;
  if (verb.precision !== undefined) {
    const characters = charactersOf(value);
    if (characters === undefined) return oneHole(value, call);
    const traces = stepped(mergeTraces(tracesOf(value)), call.name, "may", call.at);
    cut = made(graphemes(characters).slice(0, verb.precision).join(""), call, traces);
  }
  return pad(verb.mode === "q" ? jsonText(cut) : cut, verb, call);
}

function formatBool(value: Definite, call: Call): Text | Unknown {
  const bool = toBool(value);
  if (bool !== undefined) return made(String(bool.value), call);
  return isOpaque(value) ? oneHole(value, call) : fail(call, "a bool is required");
}

function formatNumeric(value: Definite, verb: Verb, call: Call): Text | Unknown {
  const number = toNumber(value);
  if (number === undefined) return isOpaque(value) ? oneHole(value, call) : fail(call, "a number is required");
  // Nobody writes a number of so many digits, and they would take time.
  if (Math.max(verb.precision ?? 0, decimalText(number).length) > 1_000)
    return unknown("unsupported", `${call.name} with so many digits`, call.at);
  const digits = formatNumber(number, verb);
  return digits === undefined ? fail(call, "an integer is required") : pad(made(digits, call), verb, call);
}

function formatAny(value: Definite, verb: Verb, call: Call): Text | Unknown {
  const isPlain = value.kind === "text" || value.kind === "bool" || value.kind === "unknown";
  if (!verb.sharp && isPlain) return formatText(toText(value), { ...verb, mode: "s" }, call);
  if (!verb.sharp && value.kind === "number") return formatNumeric(value, verb, call);
  return pad(jsonText(value), verb, call);
}

/** Padded to the width, in grapheme clusters. What is not known cannot be padded, and becomes a hole. */
function pad(text: Text, verb: Verb, call: Call): Text {
  if (verb.width === undefined) return text;
  const plain = rendered(text);
  if (!isKnown(plain)) return oneHole(text, call);
  const missing = verb.width - graphemes(charactersOf(plain) ?? "").length;
  if (missing <= 0) return text;
  if (!verb.zero || verb.minus) {
    const spaces = made(verb.zero && verb.mode === "s" ? "0".repeat(missing) : " ".repeat(missing), call).pieces;
    return { ...text, pieces: verb.minus ? [...plain.pieces, ...spaces] : [...spaces, ...plain.pieces] };
  }
  return zeroPadded(plain, missing, verb, call);
}

/** Zeros stand between a number's sign and its digits. */
function zeroPadded(text: Text, missing: number, verb: Verb, call: Call): Text {
  const zeros = "0".repeat(missing);
  const characters = charactersOf(text) ?? "";
  const isSigned = verb.mode !== "s" && verb.mode !== "q" && /^[-+ ]/.test(characters);
  if (isSigned) return made(characters.slice(0, 1) + zeros + characters.slice(1), call);
  return { ...text, pieces: [...made(zeros, call).pieces, ...text.pieces] };
}

function oneHole(value: Value, call: Call): Text {
  const [piece] = value.kind === "text" ? value.pieces : [];
  const isHole = piece?.kind === "hole" && value.kind === "text" && value.pieces.length === 1;
  const hole = isHole ? convertedHole(piece, call, "may") : unknownResult([value], "may", call);
  return { kind: "text", pieces: [{ kind: "hole", unknown: { ...hole, at: value.at } }], at: call.at };
}

function overLength(args: readonly Value[], call: Call): Unknown {
  const traces = stepped(mergeTraces(args.flatMap(tracesOf)), call.name, "may", call.at);
  return unknown("limit", "textLength", call.at, { traces });
}

function isOpaque(value: Definite): boolean {
  return value.kind === "unknown" || (value.kind === "text" && firstUnknown(value) !== undefined);
}

/** One list keeps its guards and its rest; of several the items must be told apart to be put together. */
const formatlist = unaryWithRest("may", [param.known, param.nullable], (call, template, args) => {
  const parts = parseFormat(template);
  if (typeof parts === "string") return args.some(isEmptyList) ? listOfValues([], call) : fail(call, parts);
  const row: Row = (values) => distribute(values, call.at, (ones) => fill(call, template, parts, ones));
  const lists = args.filter((arg) => arg.kind === "list");
  if (lists.length > 1) {
    return distribute(args.map(settle), call.at, (ones) => formatRows(ones, row, call));
  }
  const [list] = lists;
  if (list === undefined) {
    // An unknown argument may be a list of any length.
    if (args.some((arg) => arg.kind === "unknown")) return openRows(args, call);
    const filled = row(args);
    return isError(filled) ? filled : listOfValues([filled], call);
  }
  const { items, rest } = ordered(list, call);
  const filled = items.map(({ guard, value }) => ({
    guard,
    value: row(args.map((arg) => (arg === list ? value : partOf(arg, call)))),
  }));
  return firstError(filled) ?? listOf(filled, call, rest && unknownResult([rest, ...args], "may", call));
});

/** Nothing is formatted, and so nothing is wrong with the format. */
function isEmptyList(value: Definite): boolean {
  return value.kind === "list" && value.items.length === 0 && value.rest === undefined;
}

type Row = (values: readonly Value[]) => Value;

/** An unknown argument may be a list: what it gives to one row is another unknown. */
function partOf(arg: Definite, call: Call): Definite {
  return arg.kind === "unknown" ? unknownResult([arg], "may", call) : arg;
}

function openRows(args: readonly Value[], call: Call): Value {
  return listOf([], call, unknownResult(args, "may", call));
}

/** Rows of several lists of one length. */
function formatRows(args: readonly Value[], row: Row, call: Call): Value {
  const lists = args.filter((arg) => arg.kind === "list").map((list) => ordered(list, call));
  if (args.some((arg) => arg.kind === "unknown") && lists.length === 0) return openRows(args, call);
  if (lists.some((list) => list.rest !== undefined)) return openRows(args, call);
  const lengths = new Set(lists.map((list) => list.items.length));
  const [length = 0] = lengths;
  if (lengths.size > 1) return fail(call, "the lists have different lengths");
  const rows = Array.from({ length }, (_, i) =>
    row(
      args.map((arg) => {
        if (arg.kind === "list") return arg.items[i]?.value ?? fail(call, "the lists have different lengths");
        return arg.kind === "choice" ? arg : partOf(arg, call);
      }),
    ),
  );
  return firstError(rows.map((value) => ({ value }))) ?? listOfValues(rows, call);
}

function firstError(parts: readonly { readonly value: Value }[]): Value | undefined {
  return parts.find((part) => isError(part.value))?.value;
}

export const formats: Readonly<Record<string, Builtin>> = { format, formatlist };
