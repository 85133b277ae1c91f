/** `a`, `a and b`, `a, b and c`; nothing of nothing. */
export function enumerated(words: readonly string[], conjunction: "and" | "or"): string {
  const last = words.at(-1) ?? "";
  const others = words.slice(0, -1);
  return others.length === 0 ? last : `${others.join(", ")} ${conjunction} ${last}`;
}
