import { enumerated } from "./enumerated";
import { masked } from "./secret";
import type { Text, Unknown, Value } from "./value";

/**
 * Text that may be printed. Only the functions below make one, so that no string of the input gets into a message by
 * accident.
 */
export interface Message {
  readonly kind: "message";
  readonly text: string;
}

type Part = Message | Value | number;

/** `say\`${user.name} is an SMTP user.\`` Values of the input are printed by `printable`, never raw. */
export function say(strings: TemplateStringsArray, ...parts: readonly Part[]): Message {
  let text = strings[0] ?? "";
  parts.forEach((part, i) => {
    text += partText(part) + (strings[i + 1] ?? "");
  });
  return { kind: "message", text };
}

/** A name of the language or of the project's own: an address, an attribute, a rule, an action. Never a literal's text. */
export function name(text: string): Message {
  return { kind: "message", text: oneLine(text) };
}

/**
 * A name that the input gives to a value of its own: the key of a map, a variable of a script. It is masked where it
 * looks like a credential itself.
 */
export function label(text: string): Message {
  return looksSecret(text) ? { kind: "message", text: masked } : name(text);
}

/** Several messages, joined as a sentence joins them: `a, b and c`. */
export function list(parts: readonly Message[]): Message {
  const texts = parts.map((part) => part.text);
  return { kind: "message", text: enumerated(texts, "and") };
}

/**
 * A value as a message may show it: known characters, `${…}` for what is unknown, `***` for what carries a credential
 * or looks like one. One line, at most 120 characters.
 */
export function printable(value: Value): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "number":
      return String(value.value);
    case "text":
      return printableText(value);
    case "unknown":
      return unknownText(value);
    case "choice":
      return value.options.map((option) => printable(option.value)).join(" or ");
    case "list":
    case "map":
      return `a ${value.kind}`;
  }
}

/** What is unknown as a whole has its name in a sentence: `var.set`. */
function partText(part: Part): string {
  if (typeof part === "number") return String(part);
  if (part.kind === "unknown" && part.id !== undefined) return oneLine(part.id);
  return part.kind === "message" ? part.text : printable(part);
}

function printableText(value: Text): string {
  const shown = value.pieces.map((piece) => {
    if (piece.kind === "hole") return unknownText(piece.unknown);
    if (piece.kind === "encoded") return "${…}";
    return piece.traces.length > 0 ? masked : piece.text;
  });
  const text = oneLine(shown.join(""));
  if (looksSecret(text)) return masked;
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function unknownText(value: Unknown): string {
  return value.id === undefined ? "${…}" : `\${${oneLine(value.id)}}`;
}

/**
 * Could the text be, or hold, a credential? A run of 40 or more characters of Base64's alphabet with upper, lower and
 * digits, or a key id. Errs on the side of masking. ARNs, names and actions never look so.
 */
export function looksSecret(text: string): boolean {
  if (/(?:AKIA|ASIA)[A-Z0-9]{16}/.test(text)) return true;
  for (const [run] of text.matchAll(/[A-Za-z0-9/+=]{40,}/g)) {
    if (/[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run)) return true;
  }
  return false;
}

/** Control characters, bidirectional marks and line ends would let an input draw on the reader's terminal. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ");
}
