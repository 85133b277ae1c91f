/** A Map or a WeakMap. */
interface Keeps<Key, Kept> {
  get(key: Key): Kept | undefined;
  set(key: Key, kept: Kept): unknown;
}

/** The value of a key, which is made and kept in the map where it has none. */
export function kept<Key, Kept>(map: Keeps<Key, Kept>, key: Key, make: (key: Key) => Kept): Kept {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  map.set(key, made);
  return made;
}

/** Puts a value behind the others of its key. */
export function put<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  kept(lists, key, () => []).push(value);
}
