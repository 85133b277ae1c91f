import { limits } from "../../core/limits";
import { kept } from "../../core/map";
import type { Read } from "../../core/read";
import { directoryOf, lineStarts, type Source, type Span } from "../../core/source";
import { inside } from "./assembly";
import type { Frame } from "./creation-stack";
import { inlineMap, mapUrl, originalOf, readSourceMap, type SourceMap } from "./source-map";

/** Finds in the input what frames of the machine that ran the app name. */
export interface SourcePlaces {
  /**
   * The place of the first frame whose file is in the input. Undefined where none is, and where that file is another one
   * now, or was compiled on the way without a map: then the frames around it say no better.
   */
  placeOf(frames: readonly Frame[]): Span | undefined;
}

/** `app`: the directory of the app, relative to the root of the run. */
export function sourcePlaces(read: Read, app: string): SourcePlaces {
  const files = new Map<string, Source | undefined>();
  const maps = new Map<string, SourceMap | undefined>();
  const starts = new Map<string, readonly number[]>();
  const startsOf = ({ path, text }: Source): readonly number[] => kept(starts, path, () => lineStarts(text));
  let tries = 0;
  const tried = (path: string): Source | undefined => (++tries > limits.sourceTries ? undefined : sourceAt(path, read));
  const fileOf = (path: string): Source | undefined => {
    if (!files.has(path)) files.set(path, fileFor(path, app, tried));
    return files.get(path);
  };
  const mapOf = (script: Source): SourceMap | undefined => {
    if (!maps.has(script.path)) maps.set(script.path, mapFor(script, read));
    return maps.get(script.path);
  };
  const originalFrame = (script: Source, { line, column = 1 }: Frame): Span | undefined => {
    const map = /\.[cm]?jsx?$/.test(script.path) ? mapOf(script) : undefined;
    const original = map && originalOf(map, line, column);
    const file = original && originalFile(original.source, script, fileOf, read);
    return file && spanAt(file, startsOf(file), original);
  };
  return {
    placeOf(frames) {
      for (const frame of frames) {
        const file = fileOf(frame.path);
        if (file !== undefined) return originalFrame(file, frame) ?? spanAt(file, startsOf(file), frame);
      }
      return undefined;
    },
  };
}

/**
 * The file of the input whose path the path on the other machine ends with: the longest end counts, below the app or
 * below the root. A name alone is one of the app's own directory.
 */
function fileFor(path: string, app: string, at: (path: string) => Source | undefined): Source | undefined {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || parts.length > limits.depth) return undefined;
  for (let from = 0; from < parts.length; from++) {
    const end = parts.slice(from).join("/");
    const isName = from === parts.length - 1;
    for (const below of isName || app === "" ? [app] : [app, ""]) {
      const file = at(below === "" ? end : `${below}/${end}`);
      if (file !== undefined) return file;
    }
  }
  return undefined;
}

/** Of the languages whose stacks say where they are. */
function sourceAt(path: string, read: Read): Source | undefined {
  if (!/\.(?:[cm]?[jt]sx?|py|map)$/.test(path)) return undefined;
  const result = read.text(path);
  return result.kind === "text" ? { path, text: result.text } : undefined;
}

/** The map of a script: in it, or a file beside it. */
function mapFor(script: Source, read: Read): SourceMap | undefined {
  const url = mapUrl(script.text);
  if (url === undefined) return undefined;
  const text = inlineMap(url);
  if (text !== undefined) return readSourceMap({ path: script.path, text });
  const path = beside(script.path, url);
  const map = path === undefined ? undefined : sourceAt(path, read);
  return map && readSourceMap(map);
}

/** A source is named relative to the map, which stands beside the script, or by a path of the other machine. */
function originalFile(
  source: string,
  script: Source,
  fileOf: (path: string) => Source | undefined,
  read: Read,
): Source | undefined {
  const path = beside(script.path, source);
  return path === undefined ? fileOf(source.replace(/^file:\/\//, "")) : sourceAt(path, read);
}

/** A path relative to the directory of a file; undefined where it leads out of the root, or is no relative one. */
function beside(file: string, relative: string): string | undefined {
  const dir = directoryOf(file);
  return inside(
    "",
    dir === "" || /^(?:[/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(relative) ? relative : `${dir}/${relative}`,
  );
}

/**
 * What is called at a place, or the line where no column is known. Undefined where the file has changed since: the place is
 * not there, or inside of a word.
 */
function spanAt(
  { path, text }: Source,
  starts: readonly number[],
  { line, column }: Omit<Frame, "path">,
): Span | undefined {
  const lineStart = starts[line - 1];
  if (lineStart === undefined) return undefined;
  const written = text.slice(lineStart, starts[line] ?? text.length).trimEnd();
  const indent = written.length - written.trimStart().length;
  const from = column === undefined ? indent : column - 1;
  if (from >= written.length || /^[\w$]{2}/.test(written.slice(from - 1))) return undefined;
  const called = column === undefined ? undefined : /^(?:new\s+)?[\w$.]+/.exec(written.slice(from))?.[0];
  return {
    file: path,
    start: lineStart + from,
    end: lineStart + (called === undefined ? written.length : from + called.length),
  };
}
