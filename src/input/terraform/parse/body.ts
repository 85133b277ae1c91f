import { parseExpression } from "./expression";
import { parseLabel } from "./label";
import { descend, endOf, peek, peekSecond, startOf, take, takeName, unexpected, type Parser } from "./parser-state";
import { report } from "./problems";
import { skipBraces, skipItem, startsTopLevelBlock } from "./recover";
import type { Attribute, Block, Body, Expression, Name } from "./syntax";
import type { TokenKind } from "./token";

/** What a body is in. */
interface Around {
  readonly kind: "file" | "block";
  /** Does an item stand on the line of the opening brace? Then it has to be an attribute, alone, and the brace closes there. */
  oneLine: boolean;
  /** Was it reported that items here do not end with their lines? */
  relaxed: boolean;
}

export function parseFileBody(p: Parser): Body {
  return parseBody(p, { kind: "file", oneLine: false, relaxed: false });
}

interface Draft {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
  readonly names: Set<string>;
  /** Was it reported that what stands here is neither attribute nor block? */
  isReported: boolean;
}

/** Attributes and blocks up to the closing brace, which is left to the caller, or to the end of the file. */
function parseBody(p: Parser, around: Around): Body {
  const draft: Draft = { attributes: [], blocks: [], names: new Set(), isReported: false };
  const start = p.end;
  for (;;) {
    const kind = peek(p);
    if (kind === "newline") take(p);
    else if (kind === "end of file" || (kind === "}" && around.kind === "block")) break;
    else if (p.resync && around.kind === "block" && startsTopLevelBlock(p)) break;
    else if (kind === "identifier") parseItem(p, draft, around);
    else skipStray(p, draft);
  }
  const end = peek(p) === "}" ? startOf(p) : p.end;
  return { attributes: draft.attributes, blocks: draft.blocks, start, end };
}

function parseItem(p: Parser, draft: Draft, around: Around): void {
  if (around.kind === "file") p.cutShort = false;
  const second = peekSecond(p);
  if (around.oneLine && second !== "=") leaveOneLine(p, around);
  if (second === "=") {
    const isWhole = parseAttribute(p, draft);
    if (peek(p) === "}" && (around.oneLine || !isWhole)) return;
    if (around.oneLine) leaveOneLine(p, around);
    draft.isReported = !endItem(p, around, "the attribute");
  } else if (startsHeader(second)) {
    const block = parseBlock(p);
    if (block === undefined) return;
    draft.blocks.push(block);
    draft.isReported = !endItem(p, around, "the block");
  } else {
    skipStray(p, draft);
  }
}

/** Does this token, after a name, make the name a block's type? */
function startsHeader(second: TokenKind): boolean {
  return second === "{" || second === "identifier" || second === "plain string" || second === "open quote";
}

/** The name comes next, and `=`. Was the value as it should be? Where not, what can be the rest of it is skipped. */
function parseAttribute(p: Parser, draft: Draft): boolean {
  const { index, depth } = p;
  const name = takeName(p);
  take(p);
  const start = p.end;
  let value: Expression = parseExpression(p);
  const isWhole = !p.failed;
  if (!isWhole) {
    p.depth = depth;
    p.lineEndsCount = true;
    skipItem(p, index);
    value = { kind: "invalid", start, end: Math.max(start, p.end) };
  }
  if (draft.names.has(name.text)) {
    // The first definition counts.
    report(p.problems, name.start, name.end, `The attribute "${name.text}" is already set in this block`);
  } else {
    draft.names.add(name.text);
    draft.attributes.push({ name, value, start: name.start, end: value.end });
  }
  return isWhole;
}

/**
 * An item ends with its line; does it? What stands there instead may be the next item, so what can be read is read.
 */
function endItem(p: Parser, around: Around, what: string): boolean {
  const kind = peek(p);
  if (kind === "newline") take(p);
  if (kind === "newline" || kind === "end of file" || (p.resync && startsTopLevelBlock(p))) return true;
  const readable = kind === "," || kind === "identifier" || kind === "}";
  if (!around.relaxed || !readable) report(p.problems, startOf(p), endOf(p), unexpected(p, `a new line after ${what}`));
  around.relaxed = true;
  if (kind === ",") take(p);
  else if (!readable) skipItem(p, p.index);
  return false;
}

function leaveOneLine(p: Parser, around: Around): void {
  const message = unexpected(p, 'a block on one line to be one attribute and "}"');
  report(p.problems, startOf(p), endOf(p), message);
  around.oneLine = false;
  around.relaxed = true;
}

/**
 * Something that begins neither an attribute nor a block: reported once for lines in a row, since one error may make
 * many.
 */
function skipStray(p: Parser, draft: Draft): void {
  const index = p.index;
  const kind = peek(p);
  if (!draft.isReported) {
    const named = kind === "identifier";
    if (named) take(p);
    const message =
      kind === "}"
        ? 'There is no open block for this "}"'
        : unexpected(p, named ? '"=", a label or "{" after the name' : "an attribute or a block");
    report(p.problems, startOf(p), endOf(p), message);
  }
  draft.isReported = true;
  skipItem(p, kind === "}" ? index + 1 : index);
}

/** A block, whose type comes next. Undefined where it has no body; then its line is skipped. */
function parseBlock(p: Parser): Block | undefined {
  const index = p.index;
  const type = takeName(p);
  const labels: Name[] = [];
  for (let kind = peek(p); kind !== "{" && startsHeader(kind); kind = peek(p)) {
    labels.push(kind === "identifier" ? takeName(p) : parseLabel(p));
  }
  if (!atBrace(p)) {
    skipItem(p, index);
    return undefined;
  }
  const body = parseBraces(p, type);
  return { type, labels, body, start: type.start, end: p.end };
}

/** The opening brace stands on the line of the type and labels; one on the next line is reported, and taken for it. */
function atBrace(p: Parser): boolean {
  if (peek(p) === "{") return true;
  report(p.problems, startOf(p), endOf(p), unexpected(p, 'a label or "{" after the block\'s type'));
  if (peek(p) !== "newline" || peekSecond(p) !== "{") return false;
  take(p);
  return true;
}

function parseBraces(p: Parser, type: Name): Body {
  const opening = p.index;
  take(p);
  if (!descend(p)) skipBraces(p, opening);
  const next = peek(p);
  const oneLine = next !== "newline" && next !== "}" && next !== "end of file";
  const body = parseBody(p, { kind: "block", oneLine, relaxed: false });
  p.depth--;
  if (peek(p) === "}") take(p);
  else if (!p.cutShort) {
    report(p.problems, type.start, type.end, `The block "${type.text}" has no closing "}"`);
    p.cutShort = true;
    p.recovered = true;
  }
  return body;
}
