import type { Because } from "../core/finding";
import { both } from "../core/guard";
import { optionsOf } from "../core/text";
import type { Reason, Ref, Text, Value } from "../core/value";
import { limits } from "../core/limits";
import type { Gap, ManagedPolicy, Model, Output, User } from "./model";
import { literalName, type NamedKind } from "./identity";
import { perModel } from "./per-model";
import { membershipsOf } from "./principals";

/** Through what a user may come to more than the unit says. */
export interface Gaps {
  /** Modules and resources that are not analysed and are handed the user or its group. */
  readonly handed: readonly Because[];
  /** Outputs of a library, and exports of a stack, that hand the user or its group out: others may attach more. */
  readonly handedOut: readonly Because[];
}

export function gapsAround(model: Model, user: User): Gaps {
  const groups = membershipsOf(model, user).flatMap(({ group }) => (group === undefined ? [] : [group]));
  const addresses = new Set([user.address, ...groups.map((group) => group.address)]);
  const names = [...literalNames("user", user.name), ...groups.flatMap((group) => literalNames("group", group.name))];
  const concerns: Concern = {
    ref: (ref) => addresses.has(ref.address) && naming.has(ref.attribute),
    text: (characters, whole) => names.some((name) => isNamedIn(characters, whole, name)),
  };
  const handed = model.gaps
    .filter((gap) => both(gap.guard, user.guard) !== undefined)
    .filter((gap) => gap.inputs.some((input) => runsThrough(input, concerns, 0)))
    .map((gap): Because => ({ reason: gap.unknown.reason, at: gap.at }));
  const handedOut = model.outputs
    .filter((output) => model.unit.kind === "library" || output.exported)
    .filter((output) => both(output.guard, user.guard) !== undefined)
    .filter((output) => runsThrough(output.value, concerns, 0))
    .map((output): Because => ({ reason: readersOf(output), at: output.at }));
  return { handed, handedOut };
}

function readersOf({ name, exported }: Output): Reason {
  return exported
    ? { kind: "missing", what: `a stack that imports ${name}` }
    : { kind: "remote-module", what: "callers of the library" };
}

/** The policies of the unit that a module or resource is handed which is not analysed. */
export const handedPolicies = perModel((model): readonly HandedPolicy[] =>
  model.gaps.flatMap((gap) => {
    const because: Because = { reason: gap.unknown.reason, at: gap.at };
    return model.policies.filter((policy) => isHanded(gap, policy)).map((policy) => ({ policy, because }));
  }),
);

export interface HandedPolicy {
  readonly policy: ManagedPolicy;
  readonly because: Because;
}

function isHanded(gap: Gap, policy: ManagedPolicy): boolean {
  const concern: Concern = {
    ref: (ref) => ref.address === policy.address && naming.has(ref.attribute),
    text: () => false,
  };
  return gap.inputs.some((input) => runsThrough(input, concern, 0));
}

const naming = new Set(["name", "arn", "id"]);

interface Concern {
  ref(ref: Ref): boolean;
  /** `whole`: nothing else stands in the text that the characters are from. */
  text(characters: string, whole: boolean): boolean;
}

/** Is the thing in a value, wherever it stands in it? */
function runsThrough(value: Value, concern: Concern, depth: number): boolean {
  if (depth > limits.depth) return true;
  switch (value.kind) {
    case "unknown":
      return isReferredTo(value.ref, concern);
    case "text":
      return isReferredTo(value.ref, concern) || textRunsThrough(value, concern, depth);
    case "list":
      return (
        (value.rest !== undefined && isReferredTo(value.rest.ref, concern)) ||
        value.items.some((item) => runsThrough(item.value, concern, depth + 1))
      );
    case "map":
      return (
        (value.rest !== undefined && isReferredTo(value.rest.ref, concern)) ||
        value.entries.some((entry) => runsThrough(entry.value, concern, depth + 1))
      );
    case "choice":
      return value.options.some((option) => runsThrough(option.value, concern, depth + 1));
    case "null":
    case "bool":
    case "number":
      return false;
  }
}

function textRunsThrough({ pieces }: Text, concern: Concern, depth: number): boolean {
  return pieces.some((piece, i) => {
    if (piece.kind === "encoded") return runsThrough(piece.value, concern, depth + 1);
    const ref = piece.kind === "hole" ? piece.unknown.ref : piece.ref;
    if (isReferredTo(ref, concern) && standsAsName(pieces, i)) return true;
    return piece.kind === "known" && concern.text(piece.text, pieces.length === 1);
  });
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

function isReferredTo(ref: Ref | undefined, concern: Concern): boolean {
  return ref !== undefined && concern.ref(ref);
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

/**
 * Does a literal name it: the whole text, an ARN (`…:user/path/name`) as an identity policy has it, or an argument of
 * a command (`aws iam attach-user-policy --user-name mail`)? A word of a longer text is no name.
 */
function isNamedIn(characters: string, whole: boolean, { kind, name }: LiteralName): boolean {
  if (whole && characters === name) return true;
  return (
    tailsAfter(characters, `:${kind}/`).some((tail) => `/${tail}`.endsWith(`/${name}`)) ||
    tailsAfter(characters, `--${kind}-name`).some((tail) => tail === name)
  );
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
