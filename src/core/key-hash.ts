// Large texts are looked through for keys that stand in their map twice. Hashes of keys are compared, so that none is cut
// out of the text: where two are equal, the map is read to know.

/** The hash of a text with one more UTF-16 unit; that of an empty text is 0. Thirty bits are a small integer in V8. */
export function withUnit(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) & 0x3fffffff;
}

/** Are two of the last hashes equal, from an index on? Few are compared with each other, many are sorted. */
export function hasEqual(hashes: readonly number[], from: number): boolean {
  if (hashes.length - from > 8) {
    const sorted = new Int32Array(hashes.slice(from)).sort();
    return sorted.some((hash, i) => hash === sorted[i + 1]);
  }
  for (let i = from + 1; i < hashes.length; i++) {
    for (let j = from; j < i; j++) if (hashes[i] === hashes[j]) return true;
  }
  return false;
}
