import { addAll } from "../../core/add-all";
import { flatten, slice } from "../../core/flat";
import { limits } from "../../core/limits";
import { knownText, text as textOf } from "../../core/text";
import type { Entry, Piece, Text, Value } from "../../core/value";
import { asText } from "./pieces";
import type { Stack } from "./stack";
import type { UnitContext } from "./unit-context";

export function isLoop(key: string): boolean {
  return key.startsWith("Fn::ForEach::");
}

/**
 * What `Fn::ForEach::Name: [Identifier, [a, b], { "Key${Identifier}": … }]` stands for: the entries of its fragment, once
 * an item. Loops inside of it are worked out too; one whose items are not known stays. Undefined where its own are not.
 * (CloudFormation User Guide, "Fn::ForEach".)
 */
export function entriesOfLoop(loop: Entry, stack: Stack, unit: UnitContext): readonly Entry[] | undefined {
  const [identifier, collection, fragment] = loop.value.kind === "list" ? loop.value.items : [];
  const name = knownText(identifier?.value);
  const items = collection && itemsOf(stack.evaluate(collection.value));
  if (name === undefined || items === undefined || fragment?.value.kind !== "map") return undefined;
  const made: Entry[] = [];
  for (const item of items) {
    const round: Round = { name, item, unit };
    for (const entry of fragment.value.entries) {
      const bound = boundEntry(entry, round);
      const inner = isLoop(bound.key) ? entriesOfLoop(bound, stack, unit) : undefined;
      addAll(made, inner ?? [bound]);
      if (unit.loopNodes <= limits.loopNodes) continue;
      // Told once, by the innermost: the loops around it stay unknown for the same reason.
      if (unit.loopNodes < Infinity) unit.limit(loop.keyAt, "loopNodes");
      unit.loopNodes = Infinity;
      return undefined;
    }
  }
  return made;
}

/** Undefined where there may be others, or where conditions decide which there are. */
function itemsOf(collection: Value): readonly Text[] | undefined {
  if (collection.kind !== "list" || collection.rest !== undefined) return undefined;
  const items = collection.items.map(({ guard, value }) => (guard.length === 0 ? asText(value) : value));
  const texts = items.flatMap((item) => (item.kind === "text" && knownText(item) !== undefined ? [item] : []));
  return texts.length === items.length ? texts : undefined;
}

/** An identifier and what it stands for, once. */
interface Round {
  readonly name: string;
  readonly item: Text;
  readonly unit: UnitContext;
}

function boundEntry(entry: Entry, round: Round): Entry {
  const key = knownText(boundText(textOf(entry.key, entry.keyAt), round)) ?? entry.key;
  const value = bound(entry.value, round);
  return key === entry.key && value === entry.value ? entry : { ...entry, key, value };
}

/** The value with the item in place of the identifier. What does not have it is the very same. It nests as the parser let it. */
function bound(value: Value, round: Round): Value {
  round.unit.loopNodes++;
  if (value.kind === "text") return boundText(value, round);
  if (value.kind === "list") {
    const items = value.items.map((item) => {
      const inner = bound(item.value, round);
      return inner === item.value ? item : { ...item, value: inner };
    });
    return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
  }
  if (value.kind !== "map") return value;
  const [only] = value.entries;
  if (only?.key === "Ref" && value.entries.length === 1 && knownText(only.value) === round.name) return round.item;
  const entries = value.entries.map((entry) => boundEntry(entry, round));
  return entries.every((entry, i) => entry === value.entries[i]) ? value : { ...value, entries };
}

/** `${Identifier}` is the item, `&{Identifier}` its letters and digits alone, as logical ids must have them. */
function boundText(written: Text, { name, item }: Round): Text {
  if (!written.pieces.some((piece) => piece.kind === "known" && piece.text.includes(`{${name}}`))) return written;
  const flat = flatten(written);
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of flat.characters.matchAll(/[$&]\{([A-Za-z0-9]+)\}/g)) {
    if (match[1] !== name) continue;
    addAll(pieces, slice(flat, from, match.index).pieces);
    const plain = match[0].startsWith("&") ? (knownText(item) ?? "").replace(/[^A-Za-z0-9]/g, "") : undefined;
    addAll(pieces, (plain === undefined ? item : textOf(plain, item.at)).pieces);
    from = match.index + match[0].length;
  }
  addAll(pieces, slice(flat, from, flat.characters.length).pieces);
  return { kind: "text", pieces, at: written.at };
}
