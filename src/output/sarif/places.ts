import type { Location, PhysicalLocation, Region } from "sarif";
import type { Place } from "../../core/report";
import { percentEncoded } from "../paths";

/** A place with its masked text, and with its line as context. */
export function physicalLocation(place: Place): PhysicalLocation {
  const context = contextOf(place);
  return {
    artifactLocation: { uri: percentEncoded(place.file) },
    region: regionOf(place),
    ...(context !== undefined && { contextRegion: context }),
  };
}

/** A place that a message, or a step of a code flow, speaks of. */
export function locationWithMessage(place: Place, message: string): Location {
  return { physicalLocation: physicalLocation(place), message: { text: message } };
}

function regionOf({ start, end, snippet }: Place): Region {
  const text = snippet.text.slice(snippet.start, snippet.end);
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(text !== "" && { snippet: { text } }),
  };
}

/** The whole line. Not there where the place is all of it, since a context is more than its region. */
function contextOf({ start, snippet }: Place): Region | undefined {
  const { text, cutBefore, cutAfter } = snippet;
  if (text === "" || (snippet.start === 0 && snippet.end === text.length)) return undefined;
  return { startLine: start.line, endLine: start.line, ...(!cutBefore && !cutAfter && { snippet: { text } }) };
}
