/** The answer to a question about the input. `maybe` always has a reason, which stands beside it. */
export type Truth = "yes" | "no" | "maybe";

export function truth(value: boolean): Truth {
  return value ? "yes" : "no";
}

export function and(a: Truth, b: Truth): Truth {
  if (a === "no" || b === "no") return "no";
  return a === "yes" && b === "yes" ? "yes" : "maybe";
}

export function or(a: Truth, b: Truth): Truth {
  if (a === "yes" || b === "yes") return "yes";
  return a === "no" && b === "no" ? "no" : "maybe";
}

export function not(a: Truth): Truth {
  return a === "yes" ? "no" : a === "no" ? "yes" : "maybe";
}

export function anyOf(answers: Iterable<Truth>): Truth {
  let result: Truth = "no";
  for (const answer of answers) result = or(result, answer);
  return result;
}

export function allOf(answers: Iterable<Truth>): Truth {
  let result: Truth = "yes";
  for (const answer of answers) result = and(result, answer);
  return result;
}
