export function isSpace(character: string): boolean {
  return character === "\n" || character === "\r" || isBlank(character);
}

/** A space within a line. */
export function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}

/** Where the line ends that an offset is in: before its line feed, or the carriage return before that. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  if (end < 0) return text.length;
  return end > from && text.charAt(end - 1) === "\r" ? end - 1 : end;
}
