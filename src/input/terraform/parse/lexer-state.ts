import type { Node } from "./syntax";
import type { TokenKind } from "./token";

/** The state of one pass over a text; nothing of it outlives the call of `lex`. */
export interface Lexer {
  readonly text: string;
  readonly kinds: TokenKind[];
  readonly starts: number[];
  readonly ends: number[];
  readonly comments: Node[];
  at: number;
  /** Braces that are open, template sequences among them. */
  braces: number;
  /** What encloses the place, innermost last. Empty, or a sequence last: the language itself. Else characters of a template. */
  readonly modes: Mode[];
  /** How many heredocs without end were stepped over. */
  steppedOver: number;
}

export type Mode = Quoted | Heredoc | Bare | Sequence;

interface Quoted {
  readonly kind: "quoted";
}

export interface Heredoc {
  readonly kind: "heredoc";
  readonly marker: string;
  readonly start: number;
  /** The index of its token. */
  readonly token: number;
  atLineStart: boolean;
}

/** A template that is a file of its own. */
interface Bare {
  readonly kind: "bare";
}

/** `${…}` or `%{…}`: ends at the brace that brings the count of open ones below `braces`. */
interface Sequence {
  readonly kind: "sequence";
  readonly braces: number;
}

export function push(lexer: Lexer, kind: TokenKind, start: number, end: number): void {
  const { kinds, starts, ends } = lexer;
  const index = kinds.length;
  kinds[index] = kind;
  starts[index] = start;
  ends[index] = end;
}
