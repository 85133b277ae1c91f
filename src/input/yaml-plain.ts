import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import { hasEqual, withUnit } from "../core/key-hash";
import { firstIndex } from "../core/search";
import { aliasEvent, documentEvent, mappingEvent, popEvent, scalarEvent } from "./yaml-builder";
import { isNull, isPlain, isVerbatim, scalarEnd } from "./yaml-scalar";
import { closingEnd, type View } from "./yaml-view";

/** A list or map that can be read by itself: offsets are of the text, end exclusive. */
export interface PlainPart {
  /** Of its event, and of the one that closes it. */
  readonly index: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** Where what stands before it ends. */
  readonly before: number;
}

/** Events. What has less is read at once: to read it later would cost as much. */
const largePart = 8;

/**
 * The large lists and maps of a text as CloudFormation reads it, in the order of their starts, where all of it is plain:
 * without anchors, with tags of functions only, and with keys that are written once and as they are. Nothing is wrong
 * in such a text, and what is in one part says nothing of another. Undefined for any other text.
 */
export function plainParts(view: View, events: readonly Event[]): readonly PlainPart[] | undefined {
  const parts: PlainPart[] = [];
  const around: Open[] = [];
  /** Of the keys of the maps around, so far. */
  const hashes: number[] = [];
  let end = 0;
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    const outer = around[around.length - 1];
    if (event === undefined || event.type === aliasEvent) return undefined;
    if (event.type === documentEvent) {
      around.push({ isMap: false, isKeyNext: false, part: undefined, place: parts.length, firstKey: hashes.length });
    } else if (event.type === popEvent) {
      around.pop();
      if (outer?.part === undefined) continue;
      if (hasEqual(hashes, outer.firstKey)) return undefined;
      hashes.length = outer.firstKey;
      end = closingEnd(view, outer.isMap, outer.part.start, end);
      // What is in a small part is small: of those from here on, it is the last one that is left.
      if (index - outer.part.index < largePart) parts.length = outer.place;
      else parts[outer.place] = { ...outer.part, last: index, end };
    } else if (outer?.isKeyNext === true) {
      const hash = event.type === scalarEvent ? keyHash(view, event) : undefined;
      if (event.type !== scalarEvent || hash === undefined) return undefined;
      hashes.push(hash);
      end = scalarEnd(view, event);
      outer.isKeyNext = false;
    } else {
      if (outer !== undefined) outer.isKeyNext = outer.isMap;
      if (!isPlainNode(view, event)) return undefined;
      end = Math.max(end, event.tagEnd);
      if (event.type === scalarEvent) {
        if (event.valueStart >= 0) end = scalarEnd(view, event);
        continue;
      }
      const isMap = event.type === mappingEvent;
      const part = { index, last: index, start: event.start, end, before: end };
      around.push({ isMap, isKeyNext: isMap, part, place: parts.length, firstKey: hashes.length });
      parts.push(part);
    }
  }
  return parts;
}

/** The large part that starts at an offset; undefined where none does. */
export function partAt(parts: readonly PlainPart[], start: number): PlainPart | undefined {
  const part = parts[firstIndex(parts, (one) => one.start >= start)];
  return part?.start === start ? part : undefined;
}

/** A list, a map or a document around the event that is looked at. */
interface Open {
  readonly isMap: boolean;
  isKeyNext: boolean;
  /** Undefined for a document. */
  readonly part: PlainPart | undefined;
  /** Its index among the parts, and that of its first key among the hashes. */
  readonly place: number;
  readonly firstKey: number;
}

/** Has it no anchor, and no tag but that of a function: `!Sub`? */
function isPlainNode({ text }: View, event: SequenceEvent | MappingEvent | ScalarEvent): boolean {
  if (event.anchorStart >= 0) return false;
  if (event.tagStart < 0) return true;
  const code = text.charCodeAt(event.tagStart + 1) | 32;
  return code >= 97 && code <= 122 && event.tagEnd > event.tagStart + 1;
}

/** Of a key that is its characters as they are written; undefined for any other one. */
function keyHash(view: View, key: ScalarEvent): number | undefined {
  const { text } = view;
  const { valueStart, valueEnd } = key;
  if (key.anchorStart >= 0 || key.tagStart >= 0 || !isVerbatim(view, key)) return undefined;
  if (valueEnd - valueStart <= 4 && isPlain(key)) {
    const word = text.slice(valueStart, valueEnd);
    if (word === "<<" || isNull(word)) return undefined;
  }
  let hash = 0;
  for (let pos = valueStart; pos < valueEnd; pos++) hash = withUnit(hash, text.charCodeAt(pos));
  return hash;
}
