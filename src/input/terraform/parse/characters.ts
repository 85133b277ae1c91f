/**
 * Character classes of the HCL native syntax. ASCII is looked up in a table, the rest by the Unicode properties of UAX
 * #31.
 */

const startsName = new Uint8Array(128);
for (let code = 97; code <= 122; code++) startsName[code] = startsName[code - 32] = 1;
startsName[95] = 1;

/** Where the identifier that starts at `at` ends; `at` itself where none starts there. A dash may continue one. */
export function identifierEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return startsName[code] === 1 ? restEnd(text, at + 1) : at;
  const size = unicodeSize(text, at, unicodeStart);
  return size === 0 ? at : restEnd(text, at + size);
}

const notInName = /[^\w-]/g;

function restEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = nextOf(notInName, text, at);
    if (!(text.charCodeAt(at) >= 128)) return at;
    const size = unicodeSize(text, at, unicodeContinue);
    if (size === 0) return at;
    at += size;
  }
}

/**
 * Where the next character of a class (a global pattern of one character) stands, or the end of the text. The loop of the
 * regular expression engine is compiled at once, ours only when a run over a few files is already over.
 */
export function nextOf(characterClass: RegExp, text: string, from: number): number {
  characterClass.lastIndex = from;
  return characterClass.test(text) ? characterClass.lastIndex - 1 : text.length;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What the trim markers and the end of a heredoc take for space: Unicode's White_Space. */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  if (code === 0x85 || code === 0xa0 || code === 0x1680) return true;
  return (code >= 0x2000 && code <= 0x200a) || isRareSpace(code);
}

function isRareSpace(code: number): boolean {
  return code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

const unicodeStart = /^\p{ID_Start}$/u;
// Unicode 15.1 added these to the class; HCL's tables are older.
const unicodeContinue = /^(?![\u200c\u200d\u30fb\uff65])\p{ID_Continue}$/u;

/** The UTF-16 length of the character at `at` where it has the property, or 0. */
function unicodeSize(text: string, at: number, property: RegExp): number {
  const point = text.codePointAt(at);
  if (point === undefined || !property.test(String.fromCodePoint(point))) return 0;
  return point > 0xffff ? 2 : 1;
}
