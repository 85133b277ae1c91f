import { report, type Problems } from "./problems";
import type { TemplateText } from "./syntax";

/** The texts of a quoted string's token with backslash sequences: each sequence is a text of its own. */
export function unescape(text: string, start: number, end: number, problems: Problems): readonly TemplateText[] {
  const texts: TemplateText[] = [];
  let from = start;
  for (let at = text.indexOf("\\", start); at >= 0 && at < end; at = text.indexOf("\\", from)) {
    if (at > from) texts.push(plain(text, from, at));
    const escape = escapeAt(text, at, end);
    if (escape.problem !== undefined) report(problems, at, escape.end, escape.problem);
    texts.push({ kind: "text", text: escape.text, start: at, end: escape.end });
    from = escape.end;
  }
  if (from < end) texts.push(plain(text, from, end));
  return texts;
}

export function plain(text: string, start: number, end: number): TemplateText {
  return { kind: "text", text: text.slice(start, end), start, end };
}

interface Escape {
  readonly text: string;
  readonly end: number;
  readonly problem?: string;
}

const simple: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function escapeAt(text: string, at: number, end: number): Escape {
  const selector = text.charAt(at + 1);
  if (selector === "u") return codePoint(text, at, 4);
  if (selector === "U") return codePoint(text, at, 8);
  const known = simple[selector];
  if (known !== undefined) return { text: known, end: at + 2 };
  const size = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 2 : 1;
  const after = Math.min(at + 1 + size, end);
  return {
    text: text.slice(at + 1, after),
    end: after,
    problem: 'Expected "n", "r", "t", "u", "U", a quote or a backslash after the backslash',
  };
}

function codePoint(text: string, at: number, digits: 4 | 8): Escape {
  const end = at + 2 + digits;
  const hex = text.slice(at + 2, end);
  if (!/^[0-9A-Fa-f]*$/.test(hex) || hex.length < digits) {
    const wrong = `Expected ${digits} hexadecimal digits after "\\${digits === 4 ? "u" : "U"}"`;
    return { text: "", end: at + 2, problem: wrong };
  }
  const point = parseInt(hex, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    return { text: "\ufffd", end, problem: "The escape sequence names no Unicode character" };
  }
  return { text: String.fromCodePoint(point), end };
}
