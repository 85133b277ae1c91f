import { addAll } from "../../core/add-all";
import type { Because } from "../../core/finding";
import { always, both, distinct, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { firstIndex } from "../../core/search";
import { cellsOf, coversCell, partial, sharedCell, takersOf, takesWord, touchesCell } from "../iam/cells";
import type { Cell, Taker } from "../iam/cells";
import type { Evidence, Part } from "./evidence";
import { requestWith, type Found } from "../iam/condition";
import { guardsOf } from "../iam/key-values";
import { hardWords, prefixOf, type Pattern } from "../iam/pattern";
import { meetOf } from "../iam/pattern-relations";
import type { User } from "../model";
import { joinClaims, type Question, type Target } from "../iam/question";
import type { Boundary, Route, Standing } from "./standing";
import { apart, tooMany, within, without, type Worlds } from "../../core/worlds";

/** What a user's policies say of one question. Worlds outside the user's own are not looked at. */
export interface Outcome {
  /** Where it is surely allowed. */
  readonly granted: Worlds;
  /** Where it may be, or may not: what decides is unknown. */
  readonly doubts: readonly Doubt[];
  /** Where it is surely not; undefined: too many alternatives to tell. */
  readonly refused: Worlds | undefined;
  /** The shortest way to an Allow. */
  readonly grant: Evidence | undefined;
  /** The Denies that take an Allow away: as few as do so together. Not told of a part. */
  readonly denials: readonly Evidence[];
}

export interface Doubt {
  readonly guard: Guard;
  readonly because: readonly Because[];
}

/**
 * Every Allow over every route, within the boundary, minus every Deny. With `part`, what this part alone grants; then
 * policies that are wholly unknown are taken neither to add nor to deny. `takers`: the Denies about the question.
 */
export function evaluate(
  standing: Standing,
  question: Question,
  part?: Part,
  takers: readonly RoutedTaker[] = denialsAbout(standing, question),
): Outcome {
  let grant: Evidence | undefined;
  let denials: readonly Evidence[] = [];
  const parts = question.targets.of.map((target) => ({
    target,
    granted: new Array<Guard>(),
    doubts: new Array<Doubt>(),
  }));
  let comparisons = 0;
  for (const routed of allowed(standing, question, part)) {
    const into = parts.find((one) => one.target === routed.cell.target);
    if (into === undefined) continue; // Cells are of the question's targets.
    comparisons += takers.length;
    if (comparisons > limits.comparisons) {
      into.doubts.push({ guard: routed.cell.guard, because: [tooMuch(routed.cell)] });
      continue;
    }
    const settled = settle(routed, takers);
    addAll(into.granted, settled.granted);
    addAll(into.doubts, settled.doubts);
    if (settled.granted.length > 0) grant ??= routed.evidence;
    if (part === undefined && denials.length === 0) denials = denialsOf(routed, takers, settled);
  }
  const settled = question.targets.needed === "any" ? [joined(parts)] : parts;
  const sides = settled.map((one) => side(standing, one.granted, one.doubts, part === undefined));
  return {
    granted: sides.map((one) => one.granted).reduce(common),
    doubts: sides.flatMap((one) => one.doubts),
    refused: sides.some((one) => one.refused === undefined) ? undefined : sides.flatMap((one) => one.refused ?? []),
    grant,
    denials,
  };
}

/** What is left of the Allows after the Denies. */
interface Settled {
  readonly granted: Guard[];
  readonly doubts: Doubt[];
}

interface TargetPart extends Settled {
  readonly target: Target;
}

function joined(parts: readonly TargetPart[]): Settled {
  return { granted: parts.flatMap((one) => one.granted), doubts: parts.flatMap((one) => one.doubts) };
}

/** The worlds of a target: what is surely granted, surely refused, and what is open. */
function side(standing: Standing, granted: Worlds, doubts: readonly Doubt[], whole: boolean) {
  const own = [standing.user.guard];
  const more = whole ? standing.unknowns : [];
  const denying = more.filter((unknown) => unknown.denies).map((unknown) => unknown.guard);
  const sure = without(granted, denying);
  const open = [
    ...doubts,
    ...more.map(({ guard, because }): Doubt => ({ guard, because: [because] })),
    ...(sure === undefined ? [{ guard: always, because: [tooMany(standing.user.at)] }] : []),
  ];
  return {
    granted: distinct(sure ?? []),
    doubts: open,
    refused: without(own, [...granted, ...open.map((doubt) => doubt.guard)]),
  };
}

function common(a: Worlds, b: Worlds): Worlds {
  return distinct(a.flatMap((guard) => within(b, guard)));
}

interface Routed {
  readonly cell: Cell;
  readonly evidence: Evidence;
}

/** A Deny, as it reaches the user. */
export interface RoutedTaker {
  readonly taker: Taker;
  readonly evidence: Evidence;
}

/** What one Allow gives, minus what is taken from it. That the user is there is a part of its guard, by its route. */
function settle({ cell, evidence }: Routed, denied: readonly RoutedTaker[]): Settled {
  const full: RoutedTaker[] = [];
  const active: ActiveTaker[] = [];
  for (const one of [...denied, ...cell.except.map((taker) => ({ taker, evidence }))]) {
    const { taker } = one;
    if (both(cell.guard, taker.guard) === undefined || touchesCell(taker, cell) === "no") continue; // It does not matter.
    const covers = taker.truth === "yes" && coversCell(taker, cell) === "yes";
    if (covers && taker.conditions.length === 0) full.push(one);
    else active.push({ ...one, covers });
  }
  const open = without(
    [cell.guard],
    full.map(({ taker }) => taker.guard),
  );
  const parts = open && partsOf(open, active, cell);
  const settled: Settled = { granted: [], doubts: [] };
  if (parts === undefined) settled.doubts.push({ guard: cell.guard, because: [tooMany(cell.statement.at)] });
  for (const { guard, takers } of parts ?? []) {
    const left = leftOf(cell, takers, guard);
    if (left.answer === "no") continue; // It is taken.
    if (left.answer === "maybe" || cell.truth === "maybe") {
      settled.doubts.push({ guard, because: [...(left.answer === "maybe" ? left.because : []), ...cell.because] });
    } else settled.granted.push(guard);
  }
  return settled;
}

/** What an Allow leaves out itself (NotResource) is no Deny. One that takes it alone is preferred to several. */
function denialsOf(routed: Routed, denied: readonly RoutedTaker[], settled: Settled): readonly Evidence[] {
  const { cell } = routed;
  if (cell.truth === "maybe" || denied.length === 0) return [];
  const kept = [...settled.granted, ...settled.doubts.map(({ guard }) => guard)];
  const taken = without([cell.guard], kept) ?? [];
  const takeIt = (some: readonly RoutedTaker[]) =>
    taken.every((guard) => {
      const { granted, doubts } = settle({ ...routed, cell: { ...cell, guard } }, some);
      return granted.length + doubts.length === 0;
    });
  const [free, conditional] = [true, false].map((isFree) =>
    denied.filter(({ taker }) => (taker.conditions.length === 0) === isFree),
  );
  return fewest([...(free ?? []), ...(conditional ?? [])], takeIt).map(({ evidence }) => evidence);
}

/** As few as suffice, those in front first: each of them is needed. More of them suffice no less. */
function fewest<One>(all: readonly One[], suffice: (some: readonly One[]) => boolean): readonly One[] {
  const needed: One[] = [];
  let rest = all;
  while (!suffice(needed)) {
    const last = firstIndex([...rest.keys()], (i) => suffice([...needed, ...rest.slice(0, i + 1)]));
    const one = rest[last];
    if (one === undefined) break; // Over a limit, more may suffice less.
    needed.unshift(one);
    rest = rest.slice(0, last);
  }
  return needed;
}

interface ActiveTaker extends RoutedTaker {
  /** All of the cell, where its conditions match. */
  readonly covers: boolean;
}

interface WorldOfTakers {
  readonly guard: Guard;
  readonly takers: readonly ActiveTaker[];
}

/** Worlds apart by which takers, conditions and values are there, where that matters. Undefined: there are too many. */
function partsOf(open: Worlds, takers: readonly ActiveTaker[], cell: Cell): readonly WorldOfTakers[] | undefined {
  if (open.every((guard) => leftOf(cell, takers, guard).answer === "yes")) {
    return open.map((guard) => ({ guard, takers: [] }));
  }
  const conditions = [...cell.conditions, ...takers.flatMap(({ taker }) => taker.conditions)];
  const guards = [...takers.map(({ taker }) => taker.guard), ...conditions.flatMap(guardsOf)];
  return apart(open, guards)?.map((guard) => {
    return { guard, takers: takers.filter(({ taker }) => both(guard, taker.guard) !== undefined) };
  });
}

/**
 * Is a request left that none of them takes? None is, where those that take the whole cell take every request. One is,
 * where on some resource each of them that may take it has a condition which the request fails.
 */
function leftOf(cell: Cell, takers: readonly ActiveTaker[], guard: Guard): Found {
  const among = (some: readonly ActiveTaker[]) =>
    requestWith(
      cell.conditions,
      some.map(({ taker }) => taker.conditions),
      cell.request,
      guard,
    );
  const whole = among(takers.filter(({ covers }) => covers));
  if (whole.answer === "no" || takers.every(({ covers }) => covers)) return whole;
  const because = [...whole.because];
  for (const word of wordsOf(cell, takers)) {
    const taking = takers.filter(({ taker }) => takesWord(taker, word, cell) !== "no");
    const left = among(taking);
    if (left.answer === "yes") return left;
    addAll(because, left.because);
    for (const { covers, taker } of taking) if (!covers) addAll(because, taker.because);
  }
  return { answer: "maybe", because: because.length > 0 ? because : [partial(cell)] };
}

/** Resources of the cell to try: such as no pattern names, and such as a Deny with NotResource leaves out by name. */
function wordsOf(cell: Cell, takers: readonly ActiveTaker[]): readonly Pattern[] {
  const spared = takers.flatMap(({ taker: { takes } }) => (takes.kind === "all-but" ? takes.except : []));
  const met = spared.map(({ pattern }) => meetOf(pattern, cell.pattern)?.pattern).filter((one) => one !== undefined);
  return [cell.pattern, ...met].flatMap(hardWords);
}

function tooMuch({ statement }: Cell): Because {
  return { reason: { kind: "limit", what: "comparisons" }, at: statement.resources.at };
}

/** Every Allow that reaches the user, within its boundary. */
function allowed(standing: Standing, question: Question, part: Part | undefined): readonly Routed[] {
  const inside: Routed[] = [];
  const routes = part === undefined ? standing.routes : [part.route];
  for (const route of routes) {
    for (const statement of part === undefined ? route.policy.statements : [part.statement]) {
      for (const cell of cellsOf(statement, question, part?.item)) {
        const claim = joinClaims([cell, routeClaim(route)]);
        if (claim === undefined) continue; // They are never there together.
        inside.push({ cell: { ...cell, ...claim }, evidence: { route, statement, item: cell.item } });
      }
    }
  }
  return bounded(standing, question, inside);
}

function routeClaim(route: Route) {
  return { guard: route.guard, truth: route.certainty, because: route.because };
}

function bounded(standing: Standing, question: Question, cells: readonly Routed[]): readonly Routed[] {
  const [first] = standing.boundaries;
  if (standing.boundaries.length === 1 && first?.kind === "none") return cells;
  return standing.boundaries.flatMap((boundary) => {
    const { user } = standing;
    const bounds =
      boundary.kind === "policy" ? boundary.policy.statements.flatMap((one) => cellsOf(one, question)) : [];
    return cells.flatMap(({ cell, evidence }): readonly Routed[] => {
      const guard = both(cell.guard, boundary.guard);
      if (guard === undefined) return []; // Never there together.
      const under = { ...cell, guard };
      if (boundary.kind === "none") return [{ cell: under, evidence }];
      if (boundary.kind === "unknown") return [doubted(under, evidence, boundary.because)];
      if (boundary.open !== undefined) return [doubted(under, evidence, boundary.open)];
      if (evidence.route?.onResource !== undefined) return [{ cell: under, evidence }]; // It is not bounded.
      const shared = bounds.map((bound) => sharedCell(under, bound)).filter((one) => one !== undefined);
      const within = shared.map((one) => ({ cell: one, evidence }));
      return mayBeInside(boundary, question) ? [...within, doubted(under, evidence, boundaryOpen(user))] : within;
    });
  });
}

function doubted(cell: Cell, evidence: Evidence, because: Because): Routed {
  return { cell: { ...cell, truth: "maybe", because: [...cell.because, because] }, evidence };
}

function boundaryOpen(user: User): Because {
  const what = "an AWS managed policy as permissions boundary";
  return { reason: { kind: "unsupported", what }, at: user.boundary?.at ?? user.at };
}

/** Of AWS's own policies only the names of other services are known. */
function mayBeInside(boundary: Boundary, question: Question): boolean {
  const [service = ""] = prefixOf(question.action).split(":");
  return boundary.kind === "policy" && boundary.aws?.services.some((one) => one.name === service) === true;
}

/** Every Deny that could matter, of the boundary too. */
export function denialsAbout(standing: Standing, question: Question): readonly RoutedTaker[] {
  const found: RoutedTaker[] = [];
  for (const route of standing.routes) {
    for (const statement of route.policy.statements) {
      for (const taker of takersOf(statement, question)) {
        const claim = joinClaims([taker, routeClaim(route)]);
        if (claim === undefined) continue; // They are never there together.
        found.push({ taker: { ...taker, ...claim }, evidence: { route, statement, item: taker.item } });
      }
    }
  }
  for (const boundary of standing.boundaries) {
    if (boundary.kind !== "policy") continue; // It has no statements.
    for (const statement of boundary.policy.statements) {
      for (const taker of takersOf(statement, question)) {
        const guard = both(taker.guard, boundary.guard);
        if (guard === undefined) continue; // They are never there together.
        found.push({ taker: { ...taker, guard }, evidence: { route: undefined, statement, item: taker.item } });
      }
    }
  }
  return found;
}
