/**
 * The hash by which GitHub code scanning follows an alert from commit to commit: over the 100 characters from the
 * start of a line, without spaces and tabs, line ends as LF; then how often that hash has occurred in the file so far.
 * The same as github/codeql-action and `computeRollingHashes` of @microsoft/sarif compute, in two 32-bit halves.
 */
export interface LineHash {
  /** `39fa2ee980eb94b0:1` */
  readonly hash: string;
  /** UTF-16 offset after the last character that the hash is over. */
  readonly end: number;
}

const windowLength = 100;
const factor = 37;
/** What a character is worth when it leaves the window. */
const leaving = BigInt.asUintN(64, BigInt(factor) ** BigInt(windowLength));
const leavingHigh = Number(leaving >> 32n);
const leavingLow = Number(leaving & 0xffffffffn);
const half = 0x100000000;
/** Stands for the end of the file, and is hashed as a line of its own after a last line end. */
const endOfFile = 0xffff;
const lineFeed = 10;

/** One hash a line, in order. Linear; one 64-bit multiplication a character, whose parts are exact in a double. */
export function lineHashes(text: string): readonly LineHash[] {
  const rolling = startRolling();
  let afterReturn = false;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    const skipped = code === 32 || code === 9 || (afterReturn && code === lineFeed);
    afterReturn = code === 13;
    if (!skipped) rolling.take(afterReturn ? lineFeed : code, offset);
  }
  rolling.take(endOfFile, text.length);
  return rolling.finish(text.length);
}

function startRolling() {
  const characters = new Uint16Array(windowLength);
  const startsLine = new Uint8Array(windowLength);
  const hashes: LineHash[] = [];
  const seen = new Map<string, number>();
  let high = 0;
  let low = 0;
  let at = 0;
  let lineStart = true;

  /** The line whose start is about to leave the window has all its characters. */
  const finishLine = (end: number) => {
    startsLine[at] = 0;
    const hash = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, "0");
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    hashes.push({ hash: `${hash}:${count}`, end });
  };

  const roll = (code: number) => {
    const gone = characters[at] ?? 0;
    characters[at] = code;
    const goneLow = leavingLow * gone;
    const goneHigh = leavingHigh * gone + Math.floor(goneLow / half);
    const nextLow = factor * low + code - (goneLow >>> 0);
    high = (factor * high + Math.floor(nextLow / half) - (goneHigh >>> 0)) >>> 0;
    low = nextLow >>> 0;
    at = (at + 1) % windowLength;
  };

  return {
    take(code: number, offset: number): void {
      if (startsLine[at] === 1) finishLine(offset);
      if (lineStart) startsLine[at] = 1;
      lineStart = code === lineFeed;
      roll(code);
    },
    finish(end: number): readonly LineHash[] {
      for (let i = 0; i < windowLength; i++) {
        if (startsLine[at] === 1) finishLine(end);
        roll(0);
      }
      return hashes;
    },
  };
}
