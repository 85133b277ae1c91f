import type { Truth } from "../../core/truth";
import { any, folded, fresh, hasHoles, isPolicyVariable, one, sameToken, type Pattern, type Token } from "./pattern";

/** A set of texts that a text is to be in, or not to be in. */
export interface TextDemand {
  /** It holds what any of them matches. */
  readonly patterns: readonly Pattern[];
  /** There may be more patterns. */
  readonly open: boolean;
  /** Each pattern is one text, which may not be known. */
  readonly exact: boolean;
  /** Compared without case. */
  readonly fold: boolean;
  readonly inside: boolean;
}

/** How much may be looked at; it is counted down. */
export interface Effort {
  left: number;
}

/**
 * Is there a text of a shape that meets all demands, whatever fills the holes? "maybe" also where that takes too long:
 * then no effort is left. A hole is taken to be a text of the shape, but for policy variables.
 *
 * Texts are made up character by character, and each demand keeps the places in its patterns where the text could be: as
 * the states of an automaton, so that the answer is exact. A hole of a pattern is in the text as one letter.
 */
export function isThereText(shape: Pattern, demands: readonly TextDemand[], effort: Effort): Truth {
  if (search(atLeast(shape, demands), effort)) return "yes";
  if (effort.left <= 0) return "maybe";
  const reachable = atMost(shape, demands).every((tracks) => search(tracks, effort) || effort.left <= 0);
  return reachable ? "maybe" : "no";
}

/** A demand, as it is taken in one search. */
interface TextSet extends Pick<TextDemand, "patterns" | "inside" | "fold"> {
  /** A hole of a pattern or of the text is taken for any text. Otherwise it is one letter, and no other is the same. */
  readonly loose: boolean;
}

/** A demand while a text is made up character by character. */
interface Track extends Omit<TextSet, "patterns"> {
  /** The patterns one after the other, `end` behind each. */
  readonly tokens: readonly Token[];
  readonly starts: readonly number[];
}

interface Search {
  readonly tracks: readonly Track[];
  /** The text must be none of some that are not known: it has a run of characters in it of which there are many. */
  readonly free: boolean;
}

/** Behind a pattern. */
const end = -3;
/** A letter of the text: some characters that no pattern names, as many as one likes. */
const run = -4;

/** Texts that meet the demands for certain. Undefined: there is none. */
function atLeast(shape: Pattern, demands: readonly TextDemand[]): Search | undefined {
  const sets: TextSet[] = [shaped(shape, true)];
  const hasVariables = demands.some(({ patterns }) => patterns.some((one) => one.some(isVariable)));
  if (hasVariables) sets.push(shaped(shape, false));
  let free = false;
  for (const { patterns, open, exact, fold, inside } of demands) {
    const unknown = !inside && (open || patterns.some(hasHoles));
    if (unknown && !exact && open) return undefined;
    free ||= unknown && exact;
    const known = patterns.filter((one) => (inside ? one.every(isThere) : !unknown || !exact || !hasHoles(one)));
    sets.push({ patterns: known, inside, fold, loose: !inside });
  }
  return { tracks: tracksOf(sets), free };
}

/** A statement with a variable that has no value matches nothing; users have names, and others may have a default. */
function isThere(token: Token): boolean {
  return !isVariable(token) || (typeof token !== "number" && /^\$\{aws:user(?:name|id)\}$|,/.test(token.id ?? ""));
}

function isVariable(token: Token): boolean {
  return typeof token !== "number" && isPolicyVariable(token);
}

/**
 * Texts that may meet them: if any of these searches finds none, none does. A demand that has holes may be told by its
 * letters, since a text that meets it is one with something in their place; of two, something could fit both.
 */
function atMost(shape: Pattern, demands: readonly TextDemand[]): readonly Search[] {
  const closed = demands.filter(({ inside, open }) => !inside || !open);
  const letters = closed.filter(({ inside, patterns }) => inside && patterns.some(hasHoles));
  return [undefined, ...letters].map((told) => {
    const sets = closed.map((one): TextSet => ({ ...one, loose: one.inside && one !== told }));
    return { tracks: tracksOf([shaped(shape, true), ...sets]), free: false };
  });
}

function shaped(shape: Pattern, loose: boolean): TextSet {
  return { patterns: [shape], inside: true, fold: false, loose };
}

/** What is in none of several sets is not in all of them together. */
function tracksOf(sets: readonly TextSet[]): readonly Track[] {
  const outside = [false, true].flatMap((fold): readonly TextSet[] => {
    const some = sets.filter((set) => !set.inside && set.fold === fold);
    const [first] = some;
    return first === undefined ? [] : [{ ...first, patterns: some.flatMap(({ patterns }) => patterns) }];
  });
  return [...sets.filter(({ inside }) => inside), ...outside].map(trackOf);
}

function trackOf({ patterns, inside, fold, loose }: TextSet): Track {
  const tokens: Token[] = [];
  const starts: number[] = [];
  for (const pattern of patterns) {
    starts.push(tokens.length);
    for (const token of pattern) tokens.push(fold ? folded(token) : token);
    tokens.push(end);
  }
  return { tokens, starts, inside, fold, loose };
}

/** The places of each track in its tokens where the text may be, sorted. */
interface State {
  readonly places: readonly (readonly number[])[];
  readonly hasRun: boolean;
}

function search(found: Search | undefined, effort: Effort): boolean {
  if (found === undefined) return false;
  const { tracks, free } = found;
  const first: State = { places: tracks.map((track) => reached(track, track.starts)), hasRun: !free };
  const seen = new Set<string>();
  const open: (() => State)[] = [() => first];
  for (let next = open.pop(); next !== undefined && effort.left > 0; next = open.pop()) {
    const state = next();
    effort.left -= 1 + state.places.reduce((sum, places) => sum + places.length, 0);
    const key = `${String(state.hasRun)} ${state.places.map((places) => places.join()).join(" ")}`;
    if (seen.has(key) || isLost(tracks, state)) continue; // Nothing new is found from here.
    seen.add(key);
    if (state.hasRun && tracks.every((track, i) => isEnded(track, state.places[i] ?? []) === track.inside)) return true;
    for (const letter of lettersAt(tracks, state, free)) {
      open.push(() => ({
        places: tracks.map((track, i) => step(track, state.places[i] ?? [], letter)),
        hasRun: state.hasRun || letter === run,
      }));
    }
  }
  return false;
}

function isLost(tracks: readonly Track[], { places }: State): boolean {
  return tracks.some(({ inside }, i) => inside && places[i]?.length === 0);
}

function isEnded({ tokens }: Track, places: readonly number[]): boolean {
  return places.some((place) => tokens[place] === end);
}

/**
 * What makes a difference here. The last is tried first: characters that no pattern names, which nearly nothing is
 * about, then what a text must have to be inside.
 */
function lettersAt(tracks: readonly Track[], { places }: State, free: boolean): Iterable<Token> {
  const letters = new Set<Token>();
  for (const [i, { tokens, fold, loose }] of [...tracks.entries()].reverse()) {
    for (const place of places[i] ?? []) {
      const token = tokens[place];
      if (token === undefined || token === any || token === one || token === end) continue; // It is about no letter.
      if (typeof token !== "number" && loose) continue; // Any letter will do.
      letters.add(token);
      if (fold && typeof token === "number" && token >= 97 && token <= 122) letters.add(token - 32);
    }
  }
  if (free) letters.add(run);
  return letters.add(fresh);
}

function step(track: Track, places: readonly number[], letter: Token): readonly number[] {
  if (letter === run)
    return track.loose
      ? runOn(track, places)
      : reached(
          track,
          places.filter((place) => track.tokens[place] === any),
        );
  const next: number[] = [];
  for (const place of places) {
    const token = track.tokens[place];
    if (token === undefined || token === end) continue; // The text is longer than the pattern.
    if (typeof letter !== "number" && track.loose) {
      for (let i = place; i < track.tokens.length; i++) {
        next.push(i);
        if (track.tokens[i] === end) break;
      }
    } else if (token === any || (track.loose && typeof token !== "number")) next.push(place);
    else if (token === one ? typeof letter === "number" : sameToken(token, track.fold ? folded(letter) : letter)) {
      next.push(place + 1);
    }
  }
  return reached(track, next);
}

/** Wherever one or more characters that no pattern names lead. */
function runOn(track: Track, places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let next = step(track, places, fresh); next.some((place) => !all.has(place)); next = step(track, next, fresh)) {
    for (const place of next) all.add(place);
  }
  return [...all].sort((a, b) => a - b);
}

/** With the places behind what may stand for nothing. */
function reached({ tokens, loose }: Track, places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const start of places) {
    for (let place = start; !all.has(place); place++) {
      all.add(place);
      const token = tokens[place];
      if (token !== any && !(loose && typeof token === "object")) break;
    }
  }
  return [...all].sort((a, b) => a - b);
}
