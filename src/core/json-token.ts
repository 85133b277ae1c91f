/** Code units of the characters that JSON is made of. */
export const quote = 34;
export const comma = 44;
export const colon = 58;
export const openBracket = 91;
export const backslash = 92;
export const closeBracket = 93;
export const openBrace = 123;
export const closeBrace = 125;

const minus = 45;
const dot = 46;
const zero = 48;
const nine = 57;

/** The end of the number, `true`, `false` or `null` that starts at an offset; undefined where there is none. */
export function scalarEnd(text: string, start: number): number | undefined {
  const code = text.charCodeAt(start);
  return code === minus || (code >= zero && code <= nine) ? numberEnd(text, start) : wordEnd(text, start);
}

/**
 * The character that the escape at a backslash stands for, undefined where it is no escape, and where it ends. Two escapes
 * of UTF-16 units are one character (RFC 8259, section 7).
 */
export function escapeAt(
  text: string,
  start: number,
): { readonly character: string | undefined; readonly end: number } {
  const letter = text.charAt(start + 1);
  if (letter !== "u") return { character: escapes.get(letter), end: start + 2 };
  const first = unitAt(text, start);
  const second = first !== undefined && first >= 0xd800 && first <= 0xdbff ? unitAt(text, start + 6) : undefined;
  if (first !== undefined && second !== undefined && second >= 0xdc00 && second <= 0xdfff)
    return { character: String.fromCharCode(first, second), end: start + 12 };
  return { character: first === undefined ? undefined : String.fromCharCode(first), end: start + 6 };
}

/** The UTF-16 unit that is written as `\u` and four hexadecimal digits at an offset. */
function unitAt(text: string, start: number): number | undefined {
  const [, digits] = /^\\u([0-9a-fA-F]{4})/.exec(text.slice(start, start + 6)) ?? [];
  return digits === undefined ? undefined : parseInt(digits, 16);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function wordEnd(text: string, start: number): number | undefined {
  if (text.startsWith("true", start) || text.startsWith("null", start)) return start + 4;
  return text.startsWith("false", start) ? start + 5 : undefined;
}

/** The end of the number at `start` by the grammar of RFC 8259, which has no leading zeros and no `+`. */
function numberEnd(text: string, start: number): number | undefined {
  let pos = text.charCodeAt(start) === minus ? start + 1 : start;
  const whole = digitsEnd(text, pos);
  if (whole === pos || (text.charCodeAt(pos) === zero && whole > pos + 1)) return undefined;
  pos = whole;
  if (text.charCodeAt(pos) === dot) {
    const fraction = digitsEnd(text, pos + 1);
    if (fraction === pos + 1) return undefined;
    pos = fraction;
  }
  if (text.charAt(pos) !== "e" && text.charAt(pos) !== "E") return pos;
  const sign = text.charAt(pos + 1);
  const digits = sign === "+" || sign === "-" ? pos + 2 : pos + 1;
  const exponent = digitsEnd(text, digits);
  return exponent === digits ? undefined : exponent;
}

function digitsEnd(text: string, start: number): number {
  let pos = start;
  for (let code = text.charCodeAt(pos); code >= zero && code <= nine; code = text.charCodeAt(pos)) pos++;
  return pos;
}
