import { kept } from "./map";
import type { Span } from "./source";
import type { Entry, Item, ListValue, MapValue } from "./value";

/** Reads what is in the large lists and maps of a document, by the offsets that these start at. */
export interface Later {
  entries(start: number): readonly Entry[];
  items(start: number): readonly Item[];
}

/** Reads each of them once. */
export function readsOnce(document: Later): Later {
  const entries = new Map<number, readonly Entry[]>();
  const items = new Map<number, readonly Item[]>();
  return {
    entries: (start) => kept(entries, start, () => document.entries(start)),
    items: (start) => kept(items, start, () => document.items(start)),
  };
}

/** A map whose entries are read when somebody asks for them. */
export function mapLater(at: Span, document: Later): MapValue {
  const map = { kind: "map", at } as const;
  addEntries(map, document);
  return map;
}

/** A list whose items are read when somebody asks for them. */
export function listLater(at: Span, document: Later): ListValue {
  const list = { kind: "list", shape: "list", at } as const;
  addItems(list, document);
  return list;
}

/** Beside the other properties of a value whose parts are read later; a copy of it, which has these, is without. */
const later = Symbol("later");

interface ReadLater {
  readonly at: Span;
  readonly [later]: Later;
}

/**
 * One getter for all maps. With one of its own each would take ten times the memory, and with one a document its maps would
 * be slow, and live as long as the engine's description of them: up to the next full collection of garbage.
 */
const entriesRead: PropertyDescriptor = {
  enumerable: true,
  get(this: ReadLater) {
    return this[later].entries(this.at.start);
  },
};

const itemsRead: PropertyDescriptor = {
  enumerable: true,
  get(this: ReadLater) {
    return this[later].items(this.at.start);
  },
};

function addEntries(map: Omit<MapValue, "entries">, document: Later): asserts map is MapValue {
  Object.defineProperty(map, later, { value: document });
  Object.defineProperty(map, "entries", entriesRead);
}

function addItems(list: Omit<ListValue, "items">, document: Later): asserts list is ListValue {
  Object.defineProperty(list, later, { value: document });
  Object.defineProperty(list, "items", itemsRead);
}
