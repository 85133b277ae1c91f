import { resumeAt, type Parser } from "./parser-state";
import type { TokenKind } from "./token";

type Opener = "(" | "[" | "{" | "open quote" | "open heredoc" | "open interpolation";

/** What opens and is not closed, innermost last, and how many of each. */
interface Open {
  readonly stack: Opener[];
  readonly counts: Record<Opener, number>;
}

/**
 * Goes to where the item that starts with the token at `index` ends, when something in it is wrong: to the line end that
 * no bracket of it encloses, or to the brace that closes the block around it. A line that starts like an attribute or
 * block, where only brackets and parentheses are open, shows that their end is missing.
 */
export function skipItem(p: Parser, index: number): void {
  const { kinds } = p.tokens;
  const open: Open = {
    stack: [],
    counts: { "(": 0, "[": 0, "{": 0, "open quote": 0, "open heredoc": 0, "open interpolation": 0 },
  };
  let i = index;
  for (; i < kinds.length - 1; i++) {
    const kind = kinds[i] ?? "end of file";
    if (kind === "newline") {
      if (open.stack.length === 0 || (onlyBrackets(open) && startsItem(p, i + 1))) break;
      if (p.resync && startsTopLevelBlock(p, i + 1)) break;
    } else if (kind === "}" && open.counts["{"] === 0) break;
    else bracket(open, kind);
  }
  resumeAt(p, i);
  p.recovered = true;
}

/** Goes behind the brace that closes the one at `index`. */
export function skipBraces(p: Parser, index: number): void {
  const { kinds } = p.tokens;
  let open = 0;
  let i = index;
  for (; i < kinds.length - 1; i++) {
    if (kinds[i] === "{") open++;
    else if (kinds[i] === "}" && --open === 0) break;
  }
  resumeAt(p, i);
  p.recovered = true;
}

/**
 * Does a block that only a module's top level has begin with the token at `index`, at the start of a line? Blocks inside
 * others are indented, by habit and by `terraform fmt`: so a brace is missing before it.
 */
export function startsTopLevelBlock(p: Parser, index = p.index): boolean {
  const { kinds, starts, ends } = p.tokens;
  const start = starts[index] ?? p.text.length;
  if (kinds[index] !== "identifier" || (start > 0 && p.text.charCodeAt(start - 1) !== 10)) return false;
  const labels = labelsOf.get(p.text.slice(start, ends[index]));
  if (labels === undefined) return false;
  let i = index + 1;
  for (let label = 0; label < labels; label++) {
    if (kinds[i++] !== "plain string") return false;
  }
  return kinds[i] === "{";
}

const labelsOf: ReadonlyMap<string, number> = new Map([
  ["resource", 2],
  ["data", 2],
  ["ephemeral", 2],
  ["variable", 1],
  ["output", 1],
  ["module", 1],
  ["provider", 1],
  ["check", 1],
  ["locals", 0],
  ["terraform", 0],
  ["moved", 0],
  ["import", 0],
  ["removed", 0],
]);

function startsItem(p: Parser, index: number): boolean {
  const { kinds } = p.tokens;
  const second = kinds[index + 1];
  return kinds[index] === "identifier" && (second === "=" || second === "plain string" || second === "{");
}

function onlyBrackets(open: Open): boolean {
  return open.counts["("] + open.counts["["] === open.stack.length;
}

/** A closing token closes the innermost opener of its kind, and what is open inside of that; or nothing. */
function bracket(open: Open, kind: TokenKind): void {
  const opened = opens[kind];
  const closed = closes[kind];
  if (opened !== undefined) {
    open.stack.push(opened);
    open.counts[opened]++;
  } else if (closed !== undefined && open.counts[closed] > 0) {
    let last: Opener | undefined;
    do {
      last = open.stack.pop();
      if (last !== undefined) open.counts[last]--;
    } while (last !== undefined && last !== closed);
  }
}

/** What a token opens, and what it closes. A directive ends as an interpolation does. */
const opens: Partial<Record<TokenKind, Opener>> = {
  "(": "(",
  "[": "[",
  "{": "{",
  "open quote": "open quote",
  "open heredoc": "open heredoc",
  "open interpolation": "open interpolation",
  "open directive": "open interpolation",
};

const closes: Partial<Record<TokenKind, Opener>> = {
  ")": "(",
  "]": "[",
  "}": "{",
  "close quote": "open quote",
  "close heredoc": "open heredoc",
  "close sequence": "open interpolation",
};
