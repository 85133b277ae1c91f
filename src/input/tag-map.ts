import { both } from "../core/guard";
import { entriesOf, unknown } from "../core/text";
import type { Entry, Value } from "../core/value";

/** `[{ Key, Value }]`, with the dialect's words for both, as a map of tags; what is no such list stays unknown. */
export function tagMap(tags: Value, words: { readonly key: string; readonly value: string }): Value {
  if (tags.kind !== "list") return tags;
  const entries = tags.items.flatMap(({ guard, value }): readonly Entry[] => {
    if (value.kind !== "map") return [];
    const [key] = entriesOf(value, words.key);
    const [tag] = entriesOf(value, words.value);
    const [name] = key?.value.kind === "text" ? key.value.pieces : [];
    if (key === undefined || tag === undefined || name?.kind !== "known") return [];
    const inner = both(guard, tag.guard);
    return inner === undefined ? [] : [{ key: name.text, keyAt: key.value.at, guard: inner, value: tag.value }];
  });
  const rest = tags.rest ?? (entries.length < tags.items.length ? unknown("unsupported", "a tag", tags.at) : undefined);
  return { kind: "map", entries, at: tags.at, ...(rest && { rest }) };
}
