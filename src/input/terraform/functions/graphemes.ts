/** What a reader sees as one character, in which Terraform counts strings: Unicode's extended grapheme clusters. */
export function graphemes(characters: string): readonly string[] {
  // Of ASCII only CR LF is a cluster of two.
  if (/^[\u0000-\u007f]*$/.test(characters) && !characters.includes("\r\n")) return characters.split("");
  const found: string[] = [];
  let size = stretch;
  for (let start = 0; start < characters.length;) {
    const end = codePointEnd(characters, start + size);
    const clusters = segmentsOf(characters.slice(start, end));
    // More of the last cluster may follow. Where one begins does not hang on what stands before it.
    if (end < characters.length) clusters.pop();
    for (const cluster of clusters) {
      found.push(cluster);
      start += cluster.length;
    }
    size = clusters.length === 0 ? size * 2 : stretch;
  }
  return found;
}

/** V8 takes time that grows with the square of a string's length: 5,000,000 characters would take hours. */
const stretch = 1000;

function segmentsOf(characters: string): string[] {
  // Built when it is first needed: it loads tables.
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  return Array.from(segmenter.segment(characters), (cluster) => cluster.segment.split(conjunct)).flat();
}

/** Since Unicode 15.1 consonants of India's scripts that are joined by a sign are one cluster. Terraform's tables are older. */
const conjunct = /(?<=[\p{M}\u200c\u200d])(?=\p{Lo})/u;

let segmenter: Intl.Segmenter | undefined;

function codePointEnd(characters: string, end: number): number {
  const code = characters.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end + 1 : end;
}
