import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  escapeAt,
  openBrace,
  openBracket,
  quote,
  scalarEnd,
} from "./json-token";
import { hasEqual, withUnit } from "./key-hash";
import { limits } from "./limits";

/**
 * Where the large lists and maps of a JSON text stand, in the order of their starts: offsets in UTF-16 units, end
 * exclusive. So they can be stepped over, and are read when somebody asks for what is in them.
 */
export interface LargeParts {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where the maps start, large or small, that have a key twice, or seem to: hashes are compared. */
  readonly doubtful: readonly number[];
}

/** Characters. What is smaller is read at once: to read it later would cost as much. */
const largeLength = 40;

/** Maps. Each is read at once, and nobody reads what is told of more. */
const mostDoubtful = 10_000;

/** Checks the whole text from an offset on, in one pass: undefined where it is no JSON or nests too deep. */
export function largePartsOf(text: string, from: number): LargeParts | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  const doubtful: number[] = [];
  /** For each list and map around: its index among the parts, and that of its first key among the hashes. */
  const around: number[] = [];
  const firstKeys: number[] = [];
  /** Of the keys of the maps around, so far. */
  const hashes: number[] = [];
  const close = (end: number): void => {
    const index = around.pop() ?? 0;
    const firstKey = firstKeys.pop() ?? 0;
    if (doubtful.length < mostDoubtful && hasEqual(hashes, firstKey)) doubtful.push(starts[index] ?? 0);
    hashes.length = firstKey;
    // What is in a small part is small: of those from here on, it is the last one that is left.
    if (end - (starts[index] ?? 0) >= largeLength) ends[index] = end;
    else starts.length = ends.length = index;
  };
  let pos = spaceEnd(text, from);
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code === openBrace || code === openBracket) {
      if (around.length >= limits.depth) return undefined;
      around.push(starts.length);
      firstKeys.push(hashes.length);
      starts.push(pos);
      ends.push(pos);
      pos = spaceEnd(text, pos + 1);
      if (text.charCodeAt(pos) !== closing(code)) {
        if (code === openBrace) pos = keyEnd(text, pos, hashes);
        if (pos < 0) return undefined;
        continue;
      }
      close(++pos);
    } else {
      pos = code === quote ? stringEnd(text, pos + 1) : (scalarEnd(text, pos) ?? -1);
      if (pos < 0) return undefined;
    }
    pos = spaceEnd(text, pos);
    while (around.length > 0 && text.charCodeAt(pos) !== comma) {
      const start = starts[around[around.length - 1] ?? 0] ?? 0;
      if (text.charCodeAt(pos) !== closing(text.charCodeAt(start))) return undefined;
      close(++pos);
      pos = spaceEnd(text, pos);
    }
    if (around.length === 0) return pos === text.length ? { starts, ends, doubtful } : undefined;
    pos = spaceEnd(text, pos + 1);
    if (text.charCodeAt(starts[around[around.length - 1] ?? 0] ?? 0) === openBrace) pos = keyEnd(text, pos, hashes);
    if (pos < 0) return undefined;
  }
}

/** Where the large part that starts at an offset ends; undefined for a small one. By binary search. */
export function largePartEnd({ starts, ends }: LargeParts, start: number): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return starts[low] === start ? ends[low] : undefined;
}

function closing(open: number): number {
  return open === openBrace ? closeBrace : closeBracket;
}

function spaceEnd(text: string, start: number): number {
  let pos = start;
  for (let code = text.charCodeAt(pos); code === 32 || code === 10 || code === 13 || code === 9;) {
    code = text.charCodeAt(++pos);
  }
  return pos;
}

/** Where the value of a key starts; -1 where there is no key and colon. Its hash is that of what its escapes stand for. */
function keyEnd(text: string, start: number, hashes: number[]): number {
  if (text.charCodeAt(start) !== quote) return -1;
  let hash = 0;
  let pos = start + 1;
  for (let code = text.charCodeAt(pos); code !== quote; code = text.charCodeAt(pos)) {
    if (code === backslash) {
      const { character, end } = escapeAt(text, pos);
      if (character === undefined) return -1;
      for (let i = 0; i < character.length; i++) hash = withUnit(hash, character.charCodeAt(i));
      pos = end;
    } else if (code >= 32) {
      hash = withUnit(hash, code);
      pos++;
    } else {
      return -1;
    }
  }
  hashes.push(hash);
  pos = spaceEnd(text, pos + 1);
  return text.charCodeAt(pos) === colon ? spaceEnd(text, pos + 1) : -1;
}

/** Where a string ends, behind its quote, from a place inside it; -1 where it does not end, or is wrong. */
function stringEnd(text: string, start: number): number {
  for (let pos = start; ;) {
    const code = text.charCodeAt(pos);
    if (code === quote) return pos + 1;
    if (code === backslash) {
      const { character, end } = escapeAt(text, pos);
      if (character === undefined) return -1;
      pos = end;
    } else if (code >= 32) {
      pos++;
    } else {
      return -1; // A control character, or the end of the text.
    }
  }
}
