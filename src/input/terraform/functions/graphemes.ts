/** What a reader sees as one character, in which Terraform counts strings: Unicode's extended grapheme clusters. */
export function graphemes(characters: string): readonly string[] {
  // Of ASCII only CR LF is a cluster of two.
  if (/^[\u0000-\u007f]*$/.test(characters) && !characters.includes("\r\n")) return characters.split("");
  // Built when it is first needed: it loads tables.
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  return Array.from(segmenter.segment(characters), (cluster) => cluster.segment);
}

let segmenter: Intl.Segmenter | undefined;
