/** Character classes of the HCL native syntax. ASCII is told by table, the rest by the Unicode properties of UAX #31. */

const startsName = 1;
const continuesName = 2;

const ascii = new Uint8Array(128);
for (let code = 97; code <= 122; code++) ascii[code] = ascii[code - 32] = startsName | continuesName;
for (let code = 48; code <= 57; code++) ascii[code] = continuesName;
ascii[95] = startsName | continuesName;
ascii[45] = continuesName;

/** Where the identifier that starts at `at` ends; `at` itself where none starts there. A dash may continue one. */
export function identifierEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return ((ascii[code] ?? 0) & startsName) === 0 ? at : restEnd(text, at + 1);
  const size = unicodeSize(text, at, unicodeStart);
  return size === 0 ? at : restEnd(text, at + size);
}

function restEnd(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      if (((ascii[code] ?? 0) & continuesName) === 0) return at;
    } else {
      const size = unicodeSize(text, at, unicodeContinue);
      if (size === 0) return at;
      at += size - 1;
    }
  }
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
