/** Terminal columns: what a text takes on the screen, and how it is broken to fit. */

/** Columns of a text without tabs: wide characters take two, combining ones none. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Columns of one character (a code point). */
export function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/[\p{Mn}\p{Me}\p{Cf}\u{fe00}-\u{fe0f}]/u.test(character)) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) || /\p{Emoji_Presentation}/u.test(character)
    ? 2
    : 1;
}

/** Blocks that terminals draw two columns wide: East Asian Wide and Fullwidth of Unicode's Annex 11. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** A text as lines of at most `width` columns, broken at spaces; a longer word stands alone and is not broken. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line === "") line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A text in ASCII, for terminals and locales that have nothing else. */
export function toAscii(text: string): string {
  return text
    .replace(/…/g, "...")
    .replace(/[→▸]/g, "->")
    .replace(/[^\x00-\x7f]/gu, "?");
}
