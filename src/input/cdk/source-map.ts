import { readJson } from "../../core/json";
import type { Source } from "../../core/source";
import { knownText } from "../../core/text";
import { field } from "./assembly";

/** A source map of revision 3 (ECMA-426), without sections. */
export interface SourceMap {
  /** As the map names them, below its source root. */
  readonly sources: readonly string[];
  /** The segments of every generated line, in the order of their columns. */
  readonly lines: readonly (readonly Segment[])[];
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
  const mappings = knownText(field(map, "mappings"));
  const list = field(map, "sources");
  const lines = mappings === undefined ? undefined : decodeMappings(mappings);
  if (lines === undefined || list?.kind !== "list") return undefined;
  const root = knownText(field(map, "sourceRoot"))?.replace(/\/?$/, "/") ?? "";
  return { sources: list.items.map((item) => root + (knownText(item.value) ?? "")), lines };
}

/** Where what stands at a generated place was written: 1-based line and column. */
export function originalOf(
  { sources, lines }: SourceMap,
  line: number,
  column: number,
): { readonly source: string; readonly line: number; readonly column: number } | undefined {
  const segment = lines[line - 1]?.findLast((one) => one.generated <= column - 1);
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
 * difference to the last of its kind. Undefined where a character is none of the alphabet.
 */
function decodeMappings(mappings: string): readonly (readonly Segment[])[] | undefined {
  const lines: Segment[][] = [[]];
  let [generated, source, line, column] = [0, 0, 0, 0];
  for (const part of mappings.split(/([;,])/)) {
    if (part === ";") {
      lines.push([]);
      generated = 0;
    }
    if (part === ";" || part === "," || part === "") continue;
    const numbers = numbersIn(part);
    if (numbers === undefined) return undefined;
    const [toGenerated = 0, toSource, toLine = 0, toColumn = 0] = numbers;
    generated += toGenerated;
    if (toSource === undefined) continue; // What nobody wrote.
    source += toSource;
    line += toLine;
    column += toColumn;
    lines[lines.length - 1]?.push({ generated, source, line, column });
  }
  return lines;
}

/** Variable-length quantities in Base64: five bits a digit, the lowest first, the sixth bit says that more follow. */
function numbersIn(segment: string): readonly number[] | undefined {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = alphabet.indexOf(character);
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
