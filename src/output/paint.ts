import type { RenderOptions } from "./format";

export type Style = "error" | "warning" | "note" | "undecided" | "frame" | "strong" | "plain";

/** Colours are never the only sign: every level stands there as a word, every place is underlined. */
const codes: Readonly<Record<Exclude<Style, "plain">, string>> = {
  error: "1;31",
  warning: "1;33",
  note: "1;36",
  undecided: "1;35",
  frame: "34",
  strong: "1",
};

export function paint(text: string, style: Style, { color }: RenderOptions): string {
  return !color || style === "plain" || text === "" ? text : `\u001b[${codes[style]}m${text}\u001b[0m`;
}
