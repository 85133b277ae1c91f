import type { Node } from "./syntax";

/** What a token is. Tokens that are always the same characters are named by them. */
export type TokenKind = Punctuation | Word;

type Punctuation =
  | "("
  | ")"
  | "["
  | "]"
  | "{"
  | "}"
  | "="
  | "=="
  | "!="
  | "=>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "!"
  | "&&"
  | "||"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "?"
  | ":"
  | "::"
  | "."
  | "..."
  | ",";

type Word =
  | "identifier"
  | "number"
  | "newline"
  | "end of file"
  /** A character that the language does not use outside of strings. */
  | "invalid"
  /** A string in quotes that is just its characters: most are. */
  | "plain string"
  /** Any other string; its parts follow, up to "close quote". */
  | "open quote"
  | "close quote"
  /** A quoted string's line ends before the string; closing tokens without width follow. */
  | "line end in string"
  /** `<<EOT` or `<<-EOT` with its line end. */
  | "open heredoc"
  /** The marker on a line of its own. */
  | "close heredoc"
  /** The opening of a heredoc whose marker never comes. What follows is the next top-level block. */
  | "endless heredoc"
  /** `/*` without an end. What follows is the end of the file. */
  | "endless comment"
  /** Characters of a template that stand for themselves; at most one line. */
  | "text"
  /** The same with at least one backslash sequence. */
  | "escaped text"
  /** `$${` or `%%{`. */
  | "template escape"
  /** A carriage return in a template that no line feed follows. */
  | "carriage return"
  /** `${` or `${~` */
  | "open interpolation"
  /** `%{` or `%{~` */
  | "open directive"
  /** `}` or `~}` of either. */
  | "close sequence";

/** The tokens of a text, in columns. Comments and blanks are not tokens; the last token is "end of file". */
export interface Tokens {
  readonly kinds: readonly TokenKind[];
  /** Offsets, half-open. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly comments: readonly Node[];
}

/** A token as a message names what was found. Never the text of an identifier or literal: either may be a secret. */
export function found(kind: TokenKind): string {
  return isWord(kind) ? words[kind] : `"${kind}"`;
}

const words: Readonly<Record<Word, string>> = {
  identifier: "an identifier",
  number: "a number",
  newline: "the end of the line",
  "end of file": "the end of the file",
  invalid: "a character that the language does not use",
  "plain string": "a string",
  "open quote": "a string",
  "close quote": "a quote",
  "line end in string": "the end of the line",
  "open heredoc": "a heredoc",
  "close heredoc": "the end of a heredoc",
  "endless heredoc": "a heredoc without end",
  "endless comment": "a comment without end",
  text: "text",
  "escaped text": "text",
  "template escape": "text",
  "carriage return": "a carriage return",
  "open interpolation": '"${"',
  "open directive": '"%{"',
  "close sequence": '"}"',
};

function isWord(kind: TokenKind): kind is Word {
  return kind in words;
}
