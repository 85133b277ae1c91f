/** A value that is worked out when it is first asked for, and once, and how far that is. */
export interface Work<T> {
  readonly get: () => T;
  readonly state: () => "open" | "running" | "done";
}

/** `again` answers where it is asked for while it is being worked out: it depends on itself. */
export function work<T>(compute: () => T, again: () => T): Work<T> {
  let known: { readonly value: T } | undefined;
  let isRunning = false;
  return {
    get() {
      if (known !== undefined) return known.value;
      if (isRunning) return again();
      isRunning = true;
      known = { value: compute() };
      return known.value;
    },
    state: () => (known !== undefined ? "done" : isRunning ? "running" : "open"),
  };
}

/** As `work`, where nobody asks how far it is. */
export function once<T>(compute: () => T, again: () => T): () => T {
  return work(compute, again).get;
}

/** What is made of a value that is worked out once, worked out once as well. */
export function derived<A, B>(of: Work<A>, make: (value: A) => B): () => B {
  let known: { readonly value: B } | undefined;
  return () => {
    if (known !== undefined) return known.value;
    const isComplete = of.state() !== "running";
    const value = make(of.get());
    if (isComplete) known = { value };
    return value;
  };
}
