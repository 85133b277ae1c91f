/** Puts all behind the others. As arguments of one call a hundred thousand of them would overflow the stack. */
export function addAll<Item>(list: Item[], more: Iterable<Item>): void {
  for (const one of more) list.push(one);
}
