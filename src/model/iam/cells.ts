import type { Because } from "../../core/finding";
import { both } from "../../core/guard";
import { kept } from "../../core/map";
import { allOf, anyOf, not, or, type Truth } from "../../core/truth";
import { requestWith } from "./condition";
import { resourcePattern } from "./item-pattern";
import { widenField } from "./arn-pattern";
import { unknownsIn, type Pattern } from "./pattern";
import { covers, decidingUnknowns, meetOf, overlaps, type Meet } from "./pattern-relations";
import type { Condition, PatternItem, Statement } from "./policy";
import type { Request } from "./request";
import {
  actionMatches,
  joinClaims,
  reaches,
  star,
  statementClaim,
  type Claim,
  type Question,
  type Target,
} from "./question";

/** What an Allow and a Deny share: how sure they are, and on which requests. */
interface Said extends Claim {
  /** It says so where all of them match. */
  readonly conditions: readonly Condition[];
  readonly request: Request;
  readonly statement: Statement;
  /** The item of Action that is meant; undefined for NotAction. */
  readonly item: PatternItem | undefined;
}

/** Resources of a target that a statement allows. */
export interface Cell extends Said {
  readonly target: Target;
  /** Some of these resources, as one pattern; `exact`: all of them. */
  readonly pattern: Pattern;
  readonly exact: boolean;
  /** Patterns whose common resources these are. */
  readonly parts: readonly Pattern[];
  /** What the statement's own NotResource takes away. */
  readonly except: readonly Taker[];
}

/** Takes resources away from what is allowed: a resource of a Deny, an exception in NotResource. */
export interface Taker extends Said {
  readonly takes: Resources;
}

/** A set of resources, as far as it is known. */
type Resources =
  | { readonly kind: "pattern"; readonly pattern: Pattern }
  /** All but these; `open`: there may be more exceptions. */
  | {
      readonly kind: "all-but";
      readonly except: readonly { pattern: Pattern; sure: boolean }[];
      readonly open: boolean;
    };

/** What more a list has: any resources, as far as is known. */
const notKnown: Resources = { kind: "all-but", except: [], open: true };

/** The cells of an Allow for a question. `only`: of this item of the statement's actions. */
export function cellsOf(statement: Statement, question: Question, only?: PatternItem): readonly Cell[] {
  if (statement.effect === "deny") return [];
  return sayings(statement, question, only).flatMap((said) =>
    question.targets.of.flatMap((target) => targetCells(said, target)),
  );
}

/** What a Deny takes away of a question. */
export function takersOf(statement: Statement, question: Question): readonly Taker[] {
  if (statement.effect === "allow") return [];
  return sayings(statement, question).flatMap((said) => denied(said));
}

function sayings(statement: Statement, question: Question, only?: PatternItem): readonly Said[] {
  const matches = actionMatches(statement.actions, question.action, only);
  if (matches.length === 0) return [];
  const { request } = question;
  if (requestWith(statement.conditions, [], request).answer === "no") return []; // They never match.
  const alwaysMatch = requestWith([], [statement.conditions], request).answer === "no";
  const conditions = alwaysMatch ? [] : statement.conditions;
  return matches.flatMap((match) => {
    const claim = joinClaims([statementClaim(statement), match]);
    return claim === undefined ? [] : [{ ...claim, conditions, request, statement, item: match.item }];
  });
}

function targetCells(said: Said, target: Target): readonly Cell[] {
  const { resources } = said.statement;
  const whole = target.kind === "arn" ? target.pattern : star;
  const cell = { ...said, target, pattern: whole, exact: true, parts: [whole], except: [] };
  if (resources.negated) return [{ ...cell, except: exceptionsOf(said) }];
  const unknown = resources.rest.flatMap(({ guard, because }) => {
    const under = both(said.guard, guard);
    return under === undefined ? [] : [{ ...cell, guard: under, truth: "maybe" as const, because: [because] }];
  });
  return [...resources.items.flatMap((item) => itemCells(cell, item)), ...unknown];
}

function itemCells(cell: Cell, item: PatternItem): readonly Cell[] {
  const { answer, met } = reachOf(item, cell.target);
  const guard = both(cell.guard, item.guard);
  if (answer === "no" || guard === undefined) return []; // It is about other resources, or never there.
  const pattern = resourcePattern(item);
  const under = { ...cell, guard };
  if (answer === "maybe") {
    const why = cell.target.kind === "arn" ? decidingUnknowns(pattern, cell.target.pattern) : unknownsIn(pattern);
    const because = [...cell.because, ...(why.length > 0 ? why : [partly(item)])];
    return [{ ...under, truth: "maybe", because, parts: [pattern, ...cell.parts], exact: false }];
  }
  if (met === undefined) return [under]; // It is checked on `*`.
  return [{ ...under, ...met, parts: [pattern, ...cell.parts] }];
}

interface ReachOfItem {
  readonly answer: Truth;
  readonly met: Meet | undefined;
}

/** Hundreds of actions are checked on the same few types: how far an item reaches is worked out once a target. */
function reachOf(item: PatternItem, target: Target): ReachOfItem {
  const ofItem = kept(reachesByItem, item, () => new Map<Target, ReachOfItem>());
  return kept(ofItem, target, () => {
    const pattern = resourcePattern(item);
    const answer = reaches(pattern, target);
    const met = answer === "yes" && target.kind === "arn" ? meetOf(pattern, target.pattern) : undefined;
    return { answer, met };
  });
}

const reachesByItem = new WeakMap<PatternItem, Map<Target, ReachOfItem>>();

/** The exceptions of an Allow's NotResource, each taken away on every request. */
function exceptionsOf(said: Said): readonly Taker[] {
  const { resources } = said.statement;
  const taker = { ...said, truth: "yes" as const, because: [], conditions: [] };
  return [
    ...resources.items.map((item): Taker => {
      return { ...taker, guard: item.guard, takes: { kind: "pattern", pattern: resourcePattern(item) } };
    }),
    ...resources.rest.map(({ guard, because }): Taker => {
      return { ...taker, guard, truth: "maybe", because: [because], takes: notKnown };
    }),
  ];
}

function denied(said: Said): readonly Taker[] {
  const { resources } = said.statement;
  if (resources.negated) {
    const except = resources.items.map((item) => ({ pattern: resourcePattern(item), sure: item.guard.length === 0 }));
    const holes = except.flatMap(({ pattern }) => unknownsIn(pattern));
    const because = [...said.because, ...resources.rest.map((rest) => rest.because), ...holes];
    return [{ ...said, because, takes: { kind: "all-but", except, open: resources.rest.length > 0 } }];
  }
  const items = resources.items.flatMap((item): readonly Taker[] => {
    const guard = both(said.guard, item.guard);
    return guard === undefined ? [] : [{ ...said, guard, takes: { kind: "pattern", pattern: resourcePattern(item) } }];
  });
  const unknown = resources.rest.flatMap(({ guard, because }): readonly Taker[] => {
    const under = both(said.guard, guard);
    if (under === undefined) return [];
    return [{ ...said, guard: under, truth: "maybe", because: [...said.because, because], takes: notKnown }];
  });
  return [...items, ...unknown];
}

/** The resources that two cells of one target share: what a policy allows within a boundary. */
export function sharedCell(cell: Cell, bound: Cell): Cell | undefined {
  const claim = joinClaims([cell, bound]);
  if (claim === undefined || cell.target !== bound.target) return undefined;
  const met = meetOf(cell.pattern, bound.pattern);
  if (met === undefined && cell.exact && bound.exact && overlaps(cell.pattern, bound.pattern) === "no")
    return undefined;
  const shared = {
    ...cell,
    ...claim,
    parts: [...cell.parts, ...bound.parts],
    except: [...cell.except, ...bound.except],
    conditions: [...cell.conditions, ...bound.conditions],
  };
  if (met !== undefined) {
    return { ...shared, pattern: met.pattern, exact: met.exact && cell.exact && bound.exact };
  }
  const because = [...claim.because, ...unknownsIn(cell.pattern), ...unknownsIn(bound.pattern), partial(cell)];
  return { ...shared, exact: false, truth: "maybe", because };
}

/** Does it take the whole cell? */
export function coversCell(taker: Taker, cell: Cell): Truth {
  const { takes } = taker;
  switch (takes.kind) {
    case "pattern":
      return patternCovers(takes.pattern, cell);
    case "all-but": {
      const left = anyOf(takes.except.map(({ pattern }) => patternTouches(pattern, cell)));
      return takes.open && left === "no" ? "maybe" : not(left);
    }
  }
}

/** Does it take anything of the cell? */
export function touchesCell(taker: Taker, cell: Cell): Truth {
  const { takes } = taker;
  switch (takes.kind) {
    case "pattern":
      return patternTouches(takes.pattern, cell);
    case "all-but": {
      const spared = takes.except.some(({ pattern, sure }) => sure && patternCovers(pattern, cell) === "yes");
      return spared ? "no" : "maybe";
    }
  }
}

/**
 * Does it take a single resource of the cell? An account that it names may be the unit's own, so a resource of another
 * account is no proof that something is left over.
 */
export function takesWord(taker: Taker, word: Pattern, cell: Cell): Truth {
  const { takes } = taker;
  const hits = (pattern: Pattern): Truth =>
    cell.target.kind === "star" ? reaches(pattern, cell.target) : overlaps(widenField(pattern, 4), word);
  switch (takes.kind) {
    case "pattern":
      return hits(takes.pattern);
    case "all-but": {
      if (takes.except.some(({ pattern, sure }) => sure && exactlyHits(pattern, word, cell))) return "no";
      return "maybe";
    }
  }
}

function exactlyHits(pattern: Pattern, word: Pattern, cell: Cell): boolean {
  return (cell.target.kind === "star" ? reaches(pattern, cell.target) : overlaps(pattern, word)) === "yes";
}

function patternCovers(pattern: Pattern, cell: Cell): Truth {
  const byPart = anyOf(cell.parts.map((part) => covers(pattern, part)));
  if (cell.target.kind === "star") return byPart === "yes" ? byPart : reaches(pattern, cell.target);
  const byCell = covers(pattern, cell.pattern);
  if (byPart === "yes" || cell.exact) return or(byPart, byCell);
  return byCell === "no" ? "no" : "maybe";
}

function patternTouches(pattern: Pattern, cell: Cell): Truth {
  if (cell.target.kind === "star") return reaches(pattern, cell.target);
  const byCell = overlaps(pattern, cell.pattern);
  if (cell.exact) return byCell;
  return allOf(cell.parts.map((part) => overlaps(pattern, part))) === "no" ? "no" : "maybe";
}

/** Patterns overlap in several ways, and it cannot be told whether something is left over. */
export function partial(cell: Cell): Because {
  return { reason: { kind: "unsupported", what: "resources that overlap in part" }, at: cell.statement.resources.at };
}

/** The pattern covers ARNs of a type for an action that has none. */
function partly(item: PatternItem): Because {
  return { reason: { kind: "unsupported", what: "a resource for an action that has none" }, at: item.at };
}
