/** The answer to a question about the input. `maybe` always has a reason, which stands beside it. */
export type Truth = "yes" | "no" | "maybe";
export declare function truth(value: boolean): Truth;
export declare function and(a: Truth, b: Truth): Truth;
export declare function or(a: Truth, b: Truth): Truth;
export declare function not(a: Truth): Truth;
export declare function anyOf(answers: Iterable<Truth>): Truth;
export declare function allOf(answers: Iterable<Truth>): Truth;
