import { isSpace } from "./characters";
import type { Expression, Node, TemplateText } from "./syntax";

/** A template before its directives are put together: runs of text, interpolations and directives in a row. */
export type Part = Run | Sequence;

/** One text token. An escape sequence in it is a text of its own. */
export interface Run {
  readonly kind: "run";
  texts: readonly TemplateText[];
}

export type Sequence = InterpolationPart | IfPart | ForPart | MarkPart;

interface InterpolationPart extends Node {
  readonly kind: "interpolation";
  readonly value: Expression;
}

export interface IfPart extends Node {
  readonly kind: "if";
  readonly condition: Expression;
}

export interface ForPart extends Node {
  readonly kind: "for";
  readonly key: string | undefined;
  readonly item: string;
  readonly collection: Expression;
}

interface MarkPart extends Node {
  readonly kind: "else" | "endif" | "endfor";
}

/** What `~}` before it leaves of a run. */
export function trimStart(texts: readonly TemplateText[]): readonly TemplateText[] {
  for (const [i, text] of texts.entries()) {
    let spaces = 0;
    while (spaces < text.text.length && isSpace(text.text.charCodeAt(spaces))) spaces++;
    if (spaces < text.text.length) return [dropStart(text, spaces), ...texts.slice(i + 1)];
  }
  return [];
}

/** What `${~` after it leaves of a run. */
export function trimEnd(texts: readonly TemplateText[]): readonly TemplateText[] {
  for (let i = texts.length - 1; i >= 0; i--) {
    const text = texts[i];
    if (text === undefined) break;
    let length = text.text.length;
    while (length > 0 && isSpace(text.text.charCodeAt(length - 1))) length--;
    if (length > 0) return [...texts.slice(0, i), dropEnd(text, length)];
  }
  return [];
}

/** A text without its first characters. An escape sequence is one character: it stays or goes as a whole. */
export function dropStart(text: TemplateText, count: number): TemplateText {
  if (count === 0) return text;
  return { kind: "text", text: text.text.slice(count), start: text.start + count, end: text.end };
}

function dropEnd(text: TemplateText, length: number): TemplateText {
  if (length === text.text.length) return text;
  return { kind: "text", text: text.text.slice(0, length), start: text.start, end: text.start + length };
}
