/** A value that is worked out when it is first asked for, and once. */
export interface Once<T> {
  (): T;
  isRunning(): boolean;
  isDone(): boolean;
}

/** `again` answers where it is asked for while it is being worked out: it depends on itself. */
export function once<T>(compute: () => T, again: () => T): Once<T> {
  let state: { readonly kind: "open" | "running" } | { readonly kind: "done"; readonly value: T } = { kind: "open" };
  const get = (): T => {
    if (state.kind === "done") return state.value;
    if (state.kind === "running") return again();
    state = { kind: "running" };
    const value = compute();
    state = { kind: "done", value };
    return value;
  };
  return Object.assign(get, {
    isRunning: () => state.kind === "running",
    isDone: () => state.kind === "done",
  });
}
