import type { Hidden, Hiding, Range } from "./hidden";

/** What a quoted string holds, with the way back: `offsets[i]` is where the source has its character `i`. */
interface Unescaped {
  readonly text: string;
  /** The interpolations, which have no escapes of their own. */
  readonly code: readonly Range[];
  readonly offsets: Uint32Array;
}

/** The text of a quoted string without its escapes, as JSON and HCL write them. `code` is sorted and within `range`. */
export function unescape(source: string, range: Range, code: readonly Range[]): Unescaped {
  const offsets = new Uint32Array(range.end - range.start + 1);
  const parts: string[] = [];
  const moved: Range[] = [];
  let length = 0;
  let at = range.start;
  const take = (text: string, step: number) => {
    for (let i = 0; i < text.length; i++) offsets[length + i] = at + (step === text.length ? i : 0);
    parts.push(text);
    length += text.length;
    at += step;
  };
  for (const next of [...code, { start: range.end, end: range.end }]) {
    while (at < next.start) {
      const [raw, character] = characterAt(source, at, next.start);
      take(character, raw);
    }
    const start = length;
    take(source.slice(next.start, next.end), next.end - next.start);
    if (length > start) moved.push({ start, end: length });
  }
  offsets[length] = range.end;
  return { text: parts.join(""), code: moved, offsets: offsets.subarray(0, length + 1) };
}

/** Puts what is hidden of the unescaped text where the source has it. */
export function hideInSource(hidden: readonly Hidden[], { offsets }: Unescaped, into: Hiding): void {
  for (const part of hidden) {
    into.hide({ ...part, start: offsets[part.start] ?? 0, end: offsets[part.end] ?? offsets.at(-1) ?? 0 });
  }
}

/** Characters that the source takes, and the text that they are. */
function characterAt(source: string, at: number, end: number): readonly [number, string] {
  const plainEnd = source.indexOf("\\", at);
  const stop = plainEnd < 0 ? end : Math.min(plainEnd, end);
  if (stop > at) return [stop - at, source.slice(at, stop)];
  const next = source.charAt(at + 1);
  if (at + 1 >= end) return [1, "\\"];
  const hex = next === "u" ? /^[0-9a-fA-F]{4}/.exec(source.slice(at + 2, Math.min(at + 6, end))) : null;
  if (hex !== null) return [6, String.fromCharCode(parseInt(hex[0], 16))];
  return [2, escapes.get(next) ?? next];
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
]);
