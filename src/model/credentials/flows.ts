import type { Because, Step } from "../../core/finding";
import { allAtOnce, both, type Guard } from "../../core/guard";
import { limits } from "../../core/limits";
import { label, list, type Message, name, say } from "../../core/message";
import { encloses, sameSpan, spanKey, type Span } from "../../core/source";
import { tracesOf } from "../../core/text";
import type { Choice, CredentialForm, Entry, Path, Piece, ReasonKind, Trace, Unknown, Value } from "../../core/value";
import type { Model, Output, Setting } from "../model";
import { perModel } from "../per-model";
import { fieldsRead, type StoreField } from "./store-fields";

/** A credential's text in a value, and when it is there. */
export interface Flow {
  readonly trace: Trace;
  readonly guard: Guard;
  /** What is not known of the text, where its characters are not. */
  readonly unknown: Unknown | undefined;
  /** The field of the store that it was read from, where it was. */
  readonly through: StoreField | undefined;
  /** The expression of the innermost entry of a map that it stands in, where one is. */
  readonly entryAt: Span | undefined;
}

/** The credentials that run through a value, each under the guards of the choices and items that it stands in. */
export function flowsOf(value: Value, guard: Guard): readonly Flow[] {
  const flows: Flow[] = [];
  collect(value, { guard, entryAt: undefined }, flows, 0);
  return flows;
}

/** The credentials that an output hands out. */
export function flowsOut(model: Model, output: Output): readonly Flow[] {
  return unfollowed(model).has(output) ? [] : flowsOf(output.value, output.guard);
}

/**
 * The settings and outputs from the limit of credentials on, in the order of the source: what they hold is not known.
 */
export const unfollowed = perModel((model): ReadonlySet<Setting | Output> => {
  const sinks = [...model.settings.flatMap(({ settings }) => settings), ...model.outputs, ...model.innerOutputs];
  let left: number = limits.flows;
  const over = sinks.findIndex(({ value }) => {
    left -= tracesOf(value).length;
    return left < 0;
  });
  return new Set(over < 0 ? [] : sinks.slice(over));
});

/** The credentials of a setting: in its value, and in the field of a store of the unit that the value names. */
export function flowsInto(model: Model, setting: Setting, guard: Guard): readonly Flow[] {
  if (unfollowed(model).has(setting)) return [];
  const read = fieldsRead(model, setting.value).flatMap(({ store, field, guard: readGuard }) => {
    const joined = allAtOnce([guard, readGuard, store.guard, field.guard]);
    if (joined === undefined) return [];
    return flowsOf(field.value, joined).map((flow) => ({ ...flow, through: { store, field } }));
  });
  return [...flowsOf(setting.value, guard), ...read];
}

/** The way of a credential from the resource that makes it to the last place where it was read. */
export function stepsOf(model: Model, { trace, through }: Flow): readonly Step[] {
  const source = sources(model).get(trace.credential);
  const noun = nounOf(trace.form);
  const first: readonly Step[] =
    source === undefined ? [] : [{ at: source, message: say`${name(trace.credential)} creates the ${noun}.` }];
  const way = pathSteps(trace.path).map(({ at, what }, i): Step => {
    const message = i === 0 ? say`The ${noun} is referenced as ${name(what)}.` : say`It goes through ${name(what)}.`;
    return { at, message };
  });
  if (through === undefined) return [...first, ...way];
  const stored = say`${name(through.store.address)} stores it as ${label(through.field.name)}.`;
  return [...first, ...way, { at: through.field.nameAt, message: stored }];
}

/** The steps of a path, oldest first. */
export function pathSteps(path: Path): readonly Path[] {
  const steps: Path[] = [];
  for (let step: Path | undefined = path; step !== undefined; step = step.before) steps.push(step);
  return steps.reverse();
}

/** Was it read by a dynamic reference of CloudFormation? Then the text is a reference, whatever it is worth. */
export function isReadByReference({ trace }: Flow): boolean {
  return pathSteps(trace.path).some(({ what }) => what.startsWith("{{resolve:"));
}

export function nounOf(form: CredentialForm): Message {
  switch (form) {
    case "access-key-id":
      return name("access key id");
    case "secret-access-key":
      return name("secret access key");
    case "encrypted-secret-access-key":
      return name("encrypted secret access key");
    case "smtp-password":
      return name("SMTP password");
    case "encrypted-smtp-password":
      return name("encrypted SMTP password");
    case "smtp-password-v2":
      return name("SMTP password of version 2");
    case "console-password":
      return name("console password");
  }
}

/** `secret access key of aws_iam_access_key.mail`; with all that is at its place, where a key is there as a whole. */
export function credentialOf({ trace }: Flow, forms: readonly CredentialForm[] = [trace.form]): Message {
  return say`${list(forms.map(nounOf))} of ${name(trace.credential)}`;
}

/**
 * Why the text may not be the whole credential, as a function on its way may keep a part only: something of the input
 * that decides what is kept, or the credential itself, which nobody knows before it is made. Empty where it is whole.
 */
export function doubtsOf({ trace, unknown }: Flow): readonly Because[] {
  const { certainty, path } = trace;
  if (certainty === "is") return [];
  if (unknown !== undefined && decisive.has(unknown.reason.kind)) return [{ reason: unknown.reason, at: path.at }];
  const [made = path] = pathSteps(path);
  return [{ reason: { kind: "after-apply", what: made.what }, at: path.at }];
}

const decisive: ReadonlySet<ReasonKind> = new Set(["no-default", "data-source", "remote-module", "import", "limit"]);

/**
 * The smallest place of a flow in a setting: the reference that is the value, or stands inside it, in whatever calls; of a
 * template's variable, where that is given its value. What came through another value is referred to as a whole, which
 * stands where the setting is given it; so is what a built-in module makes, reads and hands out at one place, its call.
 */
export function placeInSetting(
  { trace, through }: Flow,
  { value, nameAt, valueAt }: Pick<Setting, "value" | "nameAt" | "valueAt">,
): Span {
  if (through !== undefined) return valueAt ?? value.at;
  const whole = valueAt ?? nameAt;
  const { path } = trace;
  const handed = newest(path, (step) => step.isHanded === true);
  if (handed !== undefined) return innermost(handed).at;
  const { at, before } = path;
  if (before !== undefined && sameSpan(before.at, at)) return whole;
  const { at: inner } = innermost(path);
  if (encloses(value.at, inner)) return inner;
  const part = isPutTogether(value) ? newest(path, (step) => encloses(value.at, step.at)) : undefined;
  if (part !== undefined) return innermost(part).at;
  return value.kind === "unknown" && before === undefined ? at : whole;
}

/** The same in an output, of which only what is written there is wrong: the whole expression, or a part of it. */
export function placeInOutput({ trace, entryAt }: Flow, { valueAt }: Output): Span {
  const outer = entryAt !== undefined && encloses(valueAt, entryAt) ? entryAt : valueAt;
  const part = newest(trace.path, (step) => encloses(outer, step.at));
  return part === undefined ? outer : innermost(part).at;
}

function newest(path: Path, isWanted: (step: Path) => boolean): Path | undefined {
  let step: Path | undefined = path;
  while (step !== undefined && !isWanted(step)) step = step.before;
  return step;
}

/** From a call down to what stands in it. */
function innermost(path: Path): Path {
  let inner = path;
  while (inner.before !== undefined && encloses(inner.at, inner.before.at)) inner = inner.before;
  return inner;
}

/** A text that holds more than what runs through it. */
function isPutTogether(value: Value): boolean {
  return value.kind === "text" && value.pieces.length > 1;
}

/** Where a part of a value stands. */
interface Within {
  readonly guard: Guard;
  readonly entryAt: Span | undefined;
}

function collect(value: Value, within: Within, into: Flow[], depth: number): void {
  if (depth > limits.depth) return; // Values nest no deeper: whoever makes one stops at the same limit.
  const inner = (part: Value, partGuard: Guard, entryAt = within.entryAt) => {
    const guard = both(within.guard, partGuard);
    if (guard !== undefined) collect(part, { guard, entryAt }, into, depth + 1);
  };
  switch (value.kind) {
    case "text":
      for (const piece of value.pieces) collectPiece(piece, within, into, depth);
      return;
    case "unknown":
      add(value.traces, within, into, value);
      return;
    case "list":
      for (const item of value.items) inner(item.value, item.guard);
      if (value.rest) add(value.rest.traces, within, into, value.rest);
      return;
    case "map":
      for (const entry of value.entries) inner(entry.value, entry.guard, placeOfEntry(entry, within.entryAt));
      if (value.rest) add(value.rest.traces, within, into, value.rest);
      return;
    case "choice":
      collectChoice(value, within, into, depth);
      return;
    case "null":
    case "bool":
    case "number":
      return;
  }
}

/** An entry of what another one only refers to is written elsewhere. */
function placeOfEntry({ valueAt }: Entry, outer: Span | undefined): Span | undefined {
  return valueAt === undefined || (outer !== undefined && !encloses(outer, valueAt)) ? outer : valueAt;
}

/** What runs through every option is there whichever it is: the choice is about something else. */
function collectChoice({ options }: Choice, { guard, entryAt }: Within, into: Flow[], depth: number): void {
  const found = options.flatMap((option) => {
    const joined = both(guard, option.guard);
    if (joined === undefined) return [];
    const flows: Flow[] = [];
    collect(option.value, { guard: joined, entryAt }, flows, depth + 1);
    return [{ joined, flows }];
  });
  const times = new Map<string, number>();
  for (const { joined, flows } of found) {
    const keys = new Set(flows.filter((flow) => flow.guard === joined).map(({ trace }) => traceKey(trace)));
    for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  }
  const seen = new Set<string>();
  for (const { joined, flows } of found) {
    for (const flow of flows) {
      const key = traceKey(flow.trace);
      if (flow.guard !== joined || times.get(key) !== found.length) into.push(flow);
      else if (!seen.has(key)) into.push({ ...flow, guard });
      seen.add(key);
    }
  }
}

function traceKey({ credential, form, certainty, path: { at, what } }: Trace): string {
  return `${form} ${certainty} ${spanKey(at)} ${credential} ${what}`;
}

function collectPiece(piece: Piece, within: Within, into: Flow[], depth: number): void {
  if (piece.kind === "encoded") collect(piece.value, within, into, depth + 1);
  else if (piece.kind === "hole") add(piece.unknown.traces, within, into, piece.unknown);
  else add(piece.traces, within, into);
}

function add(traces: readonly Trace[], { guard, entryAt }: Within, into: Flow[], unknown?: Unknown): void {
  for (const trace of traces) into.push({ trace, guard, unknown, through: undefined, entryAt });
}

const sources = perModel(
  (model): ReadonlyMap<string, Span> =>
    new Map([...model.keys, ...model.logins].map(({ address, at }): [string, Span] => [address, at])),
);
