import { limits } from "./limits";
import { kept } from "./map";
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

export const always: Guard = [];

/** The guard of one undecided thing having one value. A bool is `true` or is not, so that both correlate. */
export function when(on: string, is: string | boolean, text = on): Guard {
  return typeof is === "string"
    ? [{ kind: "is", on, is, positive: true, text }]
    : [{ kind: "is", on, is: "true", positive: is, text }];
}

/**
 * The guard of one thing having one of all the values that it can have; undefined where that is none of them. `among`
 * undefined: it can be anything.
 */
export function whenAmong(on: string, is: string, among: readonly string[] | undefined): Guard | undefined {
  if (among === undefined) return when(on, is);
  if (!among.includes(is)) return undefined;
  return among.length === 1 ? always : [{ kind: "is", on, is, positive: true, text: on, among }];
}

/** All that a switch can be that is not known to be a bool. */
export const bools: readonly string[] = ["true", "false"];

/** The guard of there being any of things whose number is not known. */
export function whenAny(on: string, text = on): Guard {
  return [{ kind: "is", on, is: "true", positive: true, text, number: true }];
}

/** Does it hold only where there are none of things whose number is not known? */
export function isOfNone(guard: Guard): boolean {
  return guard.some((atom) => (atom.kind === "any" ? atom.of.every(isOfNone) : atom.number === true && !atom.positive));
}

/** Does it hang on the number of things that is not known? */
export function hangsOnNumber(guard: Guard): boolean {
  return guard.some((atom) => (atom.kind === "any" ? atom.of.some(hangsOnNumber) : atom.number === true));
}

/** Both guards at once, or undefined where they exclude each other. */
export function both(a: Guard, b: Guard): Guard | undefined {
  if (a.length === 0) return b;
  if (b.length === 0 || a === b) return a;
  const atoms = [...a];
  for (const atom of b) {
    if (atoms.some((known) => excludes(known, atom))) return undefined;
    if (!atoms.some((known) => sameAtom(known, atom))) atoms.push(atom);
  }
  return atoms.every((atom) =>
    atom.kind === "is" ? canBeAny(atom, atoms) : atom.of.some((one) => compatible(atoms.filter(isAtom), one)),
  )
    ? atoms
    : undefined;
}

/** All guards at once, or undefined where they exclude each other. */
export function allAtOnce(guards: readonly Guard[]): Guard | undefined {
  let result: Guard | undefined = always;
  for (const guard of guards) {
    if (result === undefined) return undefined;
    result = both(result, guard);
  }
  return result;
}

/** Each guard once; the weakest first, since it cuts off most. */
export function distinct(guards: Iterable<Guard>): readonly Guard[] {
  const found = new Map<string, Guard>();
  for (const guard of guards) found.set(guardKey(guard), guard);
  return [...found.values()].sort((a, b) => a.length - b.length);
}

/** Does `wanted` hold wherever `given` holds? yes; no: it never does; maybe: it depends. */
export function holds(wanted: Guard, given: Guard): Truth {
  if (wanted.length === 0 || wanted === given) return "yes";
  if (both(given, wanted) === undefined) return "no";
  return wanted.every((atom) => implied(atom, given)) ? "yes" : "maybe";
}

/** The guards under which `guard` does not hold, as alternatives that exclude each other. */
export function negate(guard: Guard): readonly Guard[] {
  return kept(negations, guard, opposites);
}

/** Where many resources hang on the same things, one guard is negated for each reference to them. */
const negations = new WeakMap<Guard, readonly Guard[]>();

function opposites(guard: Guard): readonly Guard[] {
  const result: Guard[] = [];
  let before: Guard | undefined = always;
  for (const atom of guard) {
    if (before === undefined) break;
    for (const opposite of negateAtom(atom)) {
      const branch = both(before, opposite);
      if (branch !== undefined) result.push(branch);
    }
    before = both(before, [atom]);
  }
  return result;
}

/** One guard that holds where any of them does. */
export function either(guards: readonly Guard[]): Guard {
  const [only] = guards;
  if (only !== undefined && guards.length === 1) return only;
  return guards.some((guard) => guard.length === 0) ? always : [{ kind: "any", of: guards }];
}

/**
 * The same for a reader: what they have in common, and the rest where it leaves anything out. What is so for
 * each of the values of one thing is so whichever it is.
 */
export function whereAny(guards: readonly Guard[]): Guard {
  const [first = always, ...others] = guards;
  const common = first.filter((atom) => others.every((guard) => guard.some((other) => sameAtom(atom, other))));
  const rests = guards.map((guard) => guard.filter((atom) => !common.some((other) => sameAtom(atom, other))));
  const joint = either([...new Map(rests.map((rest) => [guardKey(rest), rest])).values()]);
  return negate(joint).length === 0 ? common : [...common, ...joint];
}

/** What a guard asks, named without its "not": `the outcome of …` is open, however it comes out. */
export function askedText(guard: Guard): string {
  const asked = (atom: IsAtom): IsAtom => ({ ...(isOff(atom) ? opposite(atom) : atom), positive: true });
  return guardText(guard.map((atom) => (atom.kind === "is" ? asked(atom) : atom)));
}

/** A guard as a reader sees it: `var.env is "prod" and not var.small`. Empty for the guard that always holds. */
export function guardText(guard: Guard): string {
  return guard.map(atomText).join(" and ");
}

/** The same text for the same guard, to tell guards apart. */
export function guardKey(guard: Guard): string {
  const [first] = guard;
  if (first === undefined) return "";
  return guard.length === 1 ? atomKey(first) : guard.map(atomKey).sort().join("&");
}

function atomText(atom: Atom): string {
  if (atom.kind === "any") return `(${atom.of.map(guardText).join(" or ")})`;
  if (atom.is === "true" || isOff(atom)) return atom.positive !== isOff(atom) ? atom.text : `not ${atom.text}`;
  return `${atom.text} is ${atom.positive ? "" : "not "}"${atom.is}"`;
}

/** Does it say that a bool is false? */
function isOff({ is, among }: IsAtom): boolean {
  return is === "false" && among?.every((value) => bools.includes(value)) === true;
}

function atomKey(atom: Atom): string {
  if (atom.kind === "is") return `${atom.on}${atom.positive ? "=" : "!="}${atom.is}`;
  return kept(atomKeys, atom, () => `(${atom.of.map(guardKey).sort().join("|")})`);
}

const atomKeys = new WeakMap<Atom, string>();

/** What is undecided in a guard, by what identifies it; some of it several times. */
export function undecidedIn(guard: Guard): readonly string[] {
  return guard.flatMap((atom) => (atom.kind === "is" ? [atom.on] : atom.of.flatMap(undecidedIn)));
}

export function isAtom(atom: Atom): atom is IsAtom {
  return atom.kind === "is";
}

function compatible(a: Guard, b: Guard): boolean {
  return !a.some((one) => b.some((other) => excludes(one, other)));
}

export function sameAtom(a: Atom, b: Atom): boolean {
  if (a === b) return true;
  if (a.kind === "is") return b.kind === "is" && a.on === b.on && a.is === b.is && a.positive === b.positive;
  return b.kind === "any" && atomKey(a) === atomKey(b);
}

function excludes(a: Atom, b: Atom): boolean {
  if (a.kind === "any" || b.kind === "any") return false;
  if (a.on !== b.on) return false;
  if (a.is === b.is) return a.positive !== b.positive;
  return a.positive && b.positive;
}

function implied(atom: Atom, given: Guard): boolean {
  if (given.some((known) => sameAtom(known, atom) || impliesNot(known, atom))) return true;
  if (atom.kind === "any") return atom.of.some((guard) => holds(guard, given) === "yes");
  const otherwise = [...given, opposite(atom)];
  return otherwise.some((known) => known.kind === "is" && !canBeAny(known, otherwise));
}

/** Do the atoms leave any of the values that the thing can have? */
function canBeAny({ on, among }: IsAtom, atoms: readonly Atom[]): boolean {
  if (among === undefined) return true;
  return among.some((value) => atoms.every((atom) => atom.kind === "any" || atom.on !== on || allows(atom, value)));
}

function allows({ is, positive, among }: IsAtom, value: string): boolean {
  return (is === value) === positive && among?.includes(value) !== false;
}

/** `x is "a"` implies `x is not "b"`. */
function impliesNot(known: Atom, atom: Atom): boolean {
  if (known.kind === "any" || atom.kind === "any") return false;
  return known.on === atom.on && known.positive && !atom.positive && known.is !== atom.is;
}

function negateAtom(atom: Atom): readonly Guard[] {
  if (atom.kind === "is") return canBeAny(opposite(atom), [opposite(atom)]) ? [[opposite(atom)]] : [];
  let result: readonly Guard[] = [always];
  for (const guard of atom.of) {
    const next: Guard[] = [];
    for (const one of result) {
      for (const opposite of negate(guard)) {
        const joined = both(one, opposite);
        if (joined !== undefined) next.push(joined);
      }
    }
    if (next.length > limits.alternatives) return [when(`not ${atomKey(atom)}`, "true", `not ${atomText(atom)}`)];
    result = next;
  }
  return result;
}

/** The atom that holds where this one does not. Of two possible values it is the other one: one fact, one atom. */
export function opposite(atom: IsAtom): IsAtom {
  const { is, among = [] } = atom;
  const other = among.find((value) => value !== is);
  const isOther = other !== undefined && among.length === 2 && among.includes(is) && atom.positive;
  return isOther ? { ...atom, is: other } : { ...atom, positive: !atom.positive };
}
