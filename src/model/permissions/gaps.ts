import type { Because } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { put } from "../../core/map";
import { optionsOf } from "../../core/text";
import type { Reason, Ref, Text, Value } from "../../core/value";
import type { ManagedPolicy, Model, Output, User } from "../model";
import { isNaming, literalName, type NamedKind } from "../principals/naming";
import { perModel } from "../per-model";
import { membershipsOf } from "../principals/principals";

/** Through what a user may come to more than the unit says. */
interface Gaps {
  /** Modules and resources that are not analysed and are handed the user or its group. */
  readonly handed: readonly Because[];
  /** Outputs of a library, and exports of a stack, that hand the user or its group out: others may attach more. */
  readonly handedOut: readonly Because[];
}

export function gapsAround(model: Model, user: User): Gaps {
  const groups = membershipsOf(model, user).flatMap(({ group }) => (group === undefined ? [] : [group]));
  const names = [...literalNames("user", user.name), ...groups.flatMap((group) => literalNames("group", group.name))];
  const { gaps, outputs } = handsOf(model);
  const concerned = (hands: Hands) =>
    thoseWith(hands, new Set([user.address, ...groups.map((group) => group.address)]), names)
      .filter((hand) => both(hand.guard, user.guard) !== undefined)
      .map((hand) => hand.because);
  return { handed: concerned(gaps), handedOut: concerned(outputs) };
}

function readersOf({ name, exported }: Output): Reason {
  return { kind: "missing", what: exported ? `a stack that imports ${name}` : "a caller of the library" };
}

/** The policies of the unit that a module or resource is handed which is not analysed. */
export const handedPolicies = perModel((model): readonly HandedPolicy[] => {
  const { gaps } = handsOf(model);
  return model.policies.flatMap((policy) =>
    thoseWith(gaps, new Set([policy.address]), []).map(({ because }) => ({ policy, because })),
  );
});

interface HandedPolicy {
  readonly policy: ManagedPolicy;
  readonly because: Because;
}

/** Something that is handed things: a module or resource that is not analysed, or whoever reads an output. */
interface Hand {
  readonly guard: Guard;
  readonly because: Because;
}

/** What hands hold, by what it is: a unit may have thousands of users and of outputs. */
interface Hands {
  readonly byAddress: Map<string, Hand[]>;
  /** By a text that nothing else stands in. */
  readonly byWhole: Map<string, Hand[]>;
  /** By the name that follows a mark (`:user/`), and the mark. */
  readonly byMarked: Map<string, Hand[]>;
  /** Those that may hold anything: they nest deeper than the limit. */
  readonly ofAll: Hand[];
}

const handsOf = perModel((model): { readonly gaps: Hands; readonly outputs: Hands } => {
  const [gaps, outputs] = [noHands(), noHands()];
  for (const { guard, unknown, at, inputs } of model.gaps) {
    const hand = { guard, because: { reason: unknown.reason, at } };
    for (const input of inputs) give(input, hand, gaps, 0);
  }
  for (const output of model.outputs) {
    if (model.unit.kind !== "library" && !output.exported) continue; // Nobody outside the unit can attach by it.
    const hand = { guard: output.guard, because: { reason: readersOf(output), at: output.at } };
    give(output.value, hand, outputs, 0);
  }
  return { gaps, outputs };
});

function noHands(): Hands {
  return { byAddress: new Map(), byWhole: new Map(), byMarked: new Map(), ofAll: [] };
}

/** Each once. */
function thoseWith(hands: Hands, addresses: ReadonlySet<string>, names: readonly LiteralName[]): readonly Hand[] {
  const found = new Set(hands.ofAll);
  for (const address of addresses) for (const hand of hands.byAddress.get(address) ?? []) found.add(hand);
  for (const { kind, name } of names) {
    for (const hand of hands.byWhole.get(name) ?? []) found.add(hand);
    for (const mark of [pathMark(kind), argumentMark(kind)]) {
      for (const hand of hands.byMarked.get(marked(mark, name)) ?? []) found.add(hand);
    }
  }
  return [...found];
}

/** Notes all that is in a value, wherever it stands in it. */
function give(value: Value, hand: Hand, hands: Hands, depth: number): void {
  if (depth > limits.depth) {
    hands.ofAll.push(hand);
    return;
  }
  switch (value.kind) {
    case "unknown":
      giveRef(value.ref, hand, hands);
      return;
    case "text":
      giveRef(value.ref, hand, hands);
      givePieces(value.pieces, hand, hands, depth);
      return;
    case "list":
      giveRef(value.rest?.ref, hand, hands);
      for (const item of value.items) give(item.value, hand, hands, depth + 1);
      return;
    case "map":
      giveRef(value.rest?.ref, hand, hands);
      for (const entry of value.entries) give(entry.value, hand, hands, depth + 1);
      return;
    case "choice":
      for (const option of value.options) give(option.value, hand, hands, depth + 1);
      return;
    case "null":
    case "bool":
    case "number":
      return;
  }
}

function givePieces(pieces: Text["pieces"], hand: Hand, hands: Hands, depth: number): void {
  for (const [i, piece] of pieces.entries()) {
    if (piece.kind === "encoded") {
      give(piece.value, hand, hands, depth + 1);
      continue;
    }
    const ref = piece.kind === "hole" ? piece.unknown.ref : piece.ref;
    if (ref !== undefined && standsAsName(pieces, i)) giveRef(ref, hand, hands);
    if (piece.kind === "known") giveText(piece.text, pieces.length === 1, hand, hands);
  }
}

/** As with literals: the path of a parameter, or a sentence, that a name stands in hands nobody over. */
function standsAsName(pieces: Text["pieces"], i: number): boolean {
  if (pieces.length === 1) return true;
  const [before, after] = [pieces[i - 1], pieces[i + 1]];
  const left = before?.kind === "known" ? before.text : "";
  const right = after?.kind === "known" ? after.text : "";
  if (/["',]$/.test(left) || /^["',]/.test(right)) return true;
  return /(?::(?:user|group|policy)[/](?:[^\s:"']*[/])?|--(?:user|group)-name[ =]+)$/.test(left.slice(-700));
}

function giveRef(ref: Ref | undefined, hand: Hand, { byAddress }: Hands): void {
  if (ref !== undefined && isNaming(ref)) put(byAddress, ref.address, hand);
}

/**
 * What a literal can name: the whole text, an ARN (`…:user/path/name`) as an identity policy has it, or an argument of
 * a command (`aws iam attach-user-policy --user-name mail`). A word of a longer text is no name.
 */
function giveText(characters: string, whole: boolean, hand: Hand, { byWhole, byMarked }: Hands): void {
  if (whole) put(byWhole, characters, hand);
  for (const kind of ["user", "group"] as const) {
    const [path, argument] = [pathMark(kind), argumentMark(kind)];
    for (const tail of tailsAfter(characters, path)) {
      put(byMarked, marked(path, tail.slice(tail.lastIndexOf("/") + 1)), hand);
    }
    for (const name of tailsAfter(characters, argument)) put(byMarked, marked(argument, name), hand);
  }
}

function pathMark(kind: NamedKind): string {
  return `:${kind}/`;
}

function argumentMark(kind: NamedKind): string {
  return `--${kind}-name`;
}

function marked(mark: string, name: string): string {
  return `${mark} ${name}`;
}

interface LiteralName {
  readonly kind: NamedKind;
  readonly name: string;
}

function literalNames(kind: NamedKind, value: Value): readonly LiteralName[] {
  return optionsOf(value).flatMap((option) => {
    const name = literalName(option.value, kind);
    return name === undefined ? [] : [{ kind, name }];
  });
}

/** What may be a path and a name after each mark: a path has at most 512 characters, a name 128. */
function tailsAfter(characters: string, mark: string): readonly string[] {
  const tails: string[] = [];
  for (let at = characters.indexOf(mark); at >= 0; at = characters.indexOf(mark, at + 1)) {
    const start = at + mark.length;
    const [, tail = ""] = /^[ ="']*([A-Za-z0-9+=,.@_/-]*)/.exec(characters.slice(start, start + 700)) ?? [];
    tails.push(tail);
  }
  return tails;
}
