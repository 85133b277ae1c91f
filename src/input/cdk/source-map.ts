import { readJson } from "../../core/json";
import { limits } from "../../core/limits";
import { put } from "../../core/map";
import type { Source } from "../../core/source";
import { knownText } from "../../core/text";
import { fieldOf, textField } from "../fields";

/** A source map of revision 3 (ECMA-426), without sections. */
export interface SourceMap {
  /** As the map names them, below its source root. */
  readonly sources: readonly string[];
  /** The segments of generated lines, by their 0-based numbers, in the order of their columns. */
  readonly lines: ReadonlyMap<number, readonly Segment[]>;
}

/** Lines and columns are 0-based. `source` is an index. */
interface Segment {
  readonly generated: number;
  readonly source: number;
  readonly line: number;
  readonly column: number;
}

/** Undefined where the text is no source map. */
export function readSourceMap(text: Source): SourceMap | undefined {
  const decoded = readJson(text);
  const map = decoded.kind === "value" ? decoded.value : undefined;
  const mappings = textField(map, "mappings");
  const list = fieldOf(map, "sources");
  const lines = mappings === undefined ? undefined : decodeMappings(mappings);
  if (lines === undefined || list?.kind !== "list") return undefined;
  // TypeScript writes an empty one.
  const root = textField(map, "sourceRoot")?.replace(/[^/]$/, "$&/") ?? "";
  return { sources: list.items.map((item) => root + (knownText(item.value) ?? "")), lines };
}

/** Where what stands at a generated place was written: 1-based line and column. */
export function originalOf(
  { sources, lines }: SourceMap,
  line: number,
  column: number,
): { readonly source: string; readonly line: number; readonly column: number } | undefined {
  const segment = lines.get(line - 1)?.findLast((one) => one.generated <= column - 1);
  const source = segment && sources[segment.source];
  return segment === undefined || source === undefined
    ? undefined
    : { source, line: segment.line + 1, column: segment.column + 1 };
}

/** The URL of the map that a script names last. */
export function mapUrl(script: string): string | undefined {
  const start = script.lastIndexOf("//# sourceMappingURL=");
  return start < 0 ? undefined : /=(\S*)/.exec(script.slice(start))?.[1];
}

/** The text of a map that stands in the URL itself. */
export function inlineMap(url: string): string | undefined {
  const comma = url.indexOf(",");
  if (!url.startsWith("data:") || comma < 0) return undefined;
  const isBase64 = url.slice(0, comma).endsWith(";base64");
  return isBase64 ? Buffer.from(url.slice(comma + 1), "base64").toString("utf8") : undefined;
}

/**
 * Lines end with `;`, segments with `,`. A segment is one, four or five numbers, each but the generated column the
 * difference to the last of its kind. Undefined where a character is none of the alphabet, and of a text over the limit:
 * then the place in the script is reported.
 */
function decodeMappings(mappings: string): ReadonlyMap<number, readonly Segment[]> | undefined {
  if (mappings.length > limits.textLength) return undefined;
  const lines = new Map<number, Segment[]>();
  let at = 0;
  let [generated, source, line, column] = [0, 0, 0, 0];
  for (let pos = 0; pos <= mappings.length; pos++) {
    const end = segmentEnd(mappings, pos);
    const numbers = numbersIn(mappings, pos, end);
    if (numbers === undefined) return undefined;
    const [toGenerated = 0, toSource, toLine = 0, toColumn = 0] = numbers;
    generated += toGenerated;
    // A segment without them stands for what nobody wrote.
    if (toSource !== undefined) {
      source += toSource;
      line += toLine;
      column += toColumn;
      const segment = { generated, source, line, column };
      put(lines, at, segment);
    }
    if (mappings.charAt(end) === ";") {
      at++;
      generated = 0;
    }
    pos = end;
  }
  return lines;
}

function segmentEnd(mappings: string, start: number): number {
  let end = start;
  while (end < mappings.length && mappings.charAt(end) !== "," && mappings.charAt(end) !== ";") end++;
  return end;
}

/** Variable-length quantities in Base64: five bits a digit, the lowest first, the sixth bit says that more follow. */
function numbersIn(mappings: string, start: number, end: number): readonly number[] | undefined {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (let pos = start; pos < end; pos++) {
    const digit = alphabet.indexOf(mappings.charAt(pos));
    if (digit < 0 || shift > 30) return undefined;
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    // The lowest bit is the sign.
    numbers.push(value % 2 === 1 ? -Math.floor(value / 2) : value / 2);
    value = 0;
    shift = 0;
  }
  return numbers;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
