import { both } from "../core/guard";
import { entriesOf, knownText, unknown } from "../core/text";
import type { Definite, Entry, Value } from "../core/value";

/** `[{ Key, Value }]`, with the dialect's words for both, as a map of tags; what is no such list stays unknown. */
export function tagMap(tags: Value, words: TagWords): Value {
  if (tags.kind !== "choice") return tagsOf(tags, words);
  return { ...tags, options: tags.options.map(({ guard, value }) => ({ guard, value: tagsOf(value, words) })) };
}

interface TagWords {
  readonly key: string;
  readonly value: string;
}

function tagsOf(tags: Definite, words: TagWords): Definite {
  if (tags.kind !== "list") return tags;
  const entries = tags.items.flatMap(({ guard, value }): readonly Entry[] => {
    if (value.kind !== "map") return [];
    const [key] = entriesOf(value, words.key);
    const [tag] = entriesOf(value, words.value);
    const name = knownText(key?.value);
    if (key === undefined || tag === undefined || name === undefined) return [];
    const inner = both(guard, tag.guard);
    return inner === undefined ? [] : [{ key: name, keyAt: key.value.at, guard: inner, value: tag.value }];
  });
  const rest = tags.rest ?? (entries.length < tags.items.length ? unknown("unsupported", "a tag", tags.at) : undefined);
  return { kind: "map", entries, at: tags.at, ...(rest && { rest }) };
}
