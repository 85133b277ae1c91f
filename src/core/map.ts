/** What a map has under a key; made and put there where it has nothing. */
export function kept<Key, Kept>(map: Map<Key, Kept>, key: Key, make: () => Kept): Kept {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Puts a value behind the others of its key. */
export function put<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  kept(lists, key, () => []).push(value);
}
