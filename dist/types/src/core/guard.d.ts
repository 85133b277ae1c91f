import type { Truth } from "./truth";
/**
 * What must hold for a value or a resource to be there: a conjunction of atoms. The empty guard always holds.
 * Conditions of the input are never enumerated; two guards are compared atom by atom.
 */
export type Guard = readonly Atom[];
export type Atom = IsAtom | AnyAtom;
/**
 * `on` is (or is not) `is`. `on` identifies what is undecided, with its scope (`var.env`, `module.a.var.x`,
 * a condition's name); `is` is a value's text, `true` for a condition. `text` is what a reader sees.
 */
export interface IsAtom {
    readonly kind: "is";
    readonly on: string;
    readonly is: string;
    readonly positive: boolean;
    readonly text: string;
    /** It says that there are any of things whose number is not known: `length(var.policies) > 0`. */
    readonly number?: boolean;
    /** All that `on` can be: with any other value the input is refused, and there is nothing to ask about. */
    readonly among?: readonly string[];
}
/** At least one of the guards holds. */
interface AnyAtom {
    readonly kind: "any";
    readonly of: readonly Guard[];
}
export declare const always: Guard;
/** The guard of one undecided thing having one value. A bool is `true` or is not, so that both correlate. */
export declare function when(on: string, is: string | boolean, text?: string): Guard;
/**
 * The guard of one thing having one of all the values that it can have; undefined where that is none of them. `among`
 * undefined: it can be anything.
 */
export declare function whenAmong(on: string, is: string, among: readonly string[] | undefined): Guard | undefined;
/** All that a switch can be that is not known to be a bool. */
export declare const bools: readonly string[];
/** The guard of there being any of things whose number is not known. */
export declare function whenAny(on: string, text?: string): Guard;
/** Does it hold only where there are none of things whose number is not known? */
export declare function isOfNone(guard: Guard): boolean;
/** Does it hang on the number of things that is not known? */
export declare function hangsOnNumber(guard: Guard): boolean;
/** Both guards at once, or undefined where they exclude each other. */
export declare function both(a: Guard, b: Guard): Guard | undefined;
/** All guards at once, or undefined where they exclude each other. */
export declare function allAtOnce(guards: readonly Guard[]): Guard | undefined;
/** Each guard once; the weakest first, since it cuts off most. */
export declare function distinct(guards: Iterable<Guard>): readonly Guard[];
/** Does `wanted` hold wherever `given` holds? yes; no: it never does; maybe: it depends. */
export declare function holds(wanted: Guard, given: Guard): Truth;
/** The guards under which `guard` does not hold, as alternatives that exclude each other. */
export declare function negate(guard: Guard): readonly Guard[];
/** One guard that holds where any of them does. */
export declare function either(guards: readonly Guard[]): Guard;
/**
 * The same for a reader: what they have in common, and the rest where it leaves anything out. What is so for
 * each of the values of one thing is so whichever it is.
 */
export declare function whereAny(guards: readonly Guard[]): Guard;
/** What a guard asks, named without its "not": `the outcome of …` is open, however it comes out. */
export declare function askedText(guard: Guard): string;
/** A guard as a reader sees it: `var.env is "prod" and not var.small`. Empty for the guard that always holds. */
export declare function guardText(guard: Guard): string;
/** The same text for the same guard, to tell guards apart. */
export declare function guardKey(guard: Guard): string;
/** What is undecided in a guard, by what identifies it; some of it several times. */
export declare function undecidedIn(guard: Guard): readonly string[];
export declare function isAtom(atom: Atom): atom is IsAtom;
export declare function sameAtom(a: Atom, b: Atom): boolean;
/** The atom that holds where this one does not. Of two possible values it is the other one: one fact, one atom. */
export declare function opposite(atom: IsAtom): IsAtom;
export {};
