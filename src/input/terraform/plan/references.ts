import { limits } from "../../../core/limits";
import type { Span } from "../../../core/source";
import { firstUnknown, mergeTraces, refOf, tracesOf, unknown } from "../../../core/text";
import { through } from "../../../core/trace";
import type { CredentialForm, Trace, Value } from "../../../core/value";
import { attributeRef } from "../../attribute-ref";
import { inModule } from "../modules/unit-context";
import { constantOf, referencesIn } from "./configuration";
import { fieldOf, isTrue } from "../../fields";
import type { RecordedModule, Recording } from "./recording";

/** A value that the file does not have, and what is asked of it. */
export interface Asked {
  readonly module: RecordedModule;
  /** The key of the instance that it is a part of: `aws_iam_user.mail[each.key]` is recorded as `aws_iam_user.mail`. */
  readonly suffix: string;
  /** Its own id, `aws_lambda_function.mailer.environment[0].variables.SMTP_PASSWORD`. */
  readonly id: string;
  readonly at: Span;
  /** The resource's `for_each`: what `each.value` is taken from. */
  readonly forEach?: Value | undefined;
  /** Is it marked sensitive? Undefined where the expression is that of the whole value. */
  readonly sensitive?: Marked | undefined;
  /** The expression may be that of another value. */
  readonly isGuess?: boolean;
}

/** Where a mark is on the whole of a map, only the name of a part says something, or nothing does. */
export type Marked = boolean | "secret by name" | "public by name" | "open";

/**
 * What an expression is worth of which a plan keeps the constant, or the names in it. With one name that explains the
 * value it is taken for what is named; of several, the credentials of all may run through it.
 */
export function expressionValue(expression: Value | undefined, asked: Asked, recording: Recording): Value {
  const constant = constantOf(expression);
  if (constant !== undefined) return recording.recognised(constant);
  const key = `${asked.id} ${asked.suffix}`;
  const before = recording.worked.get(key);
  if (before !== undefined) return before;
  recording.worked.set(key, unknown("missing", asked.id, asked.at)); // While it is worked out it depends on itself.
  const value = workedOut(expression, asked, recording);
  recording.worked.set(key, value);
  return value;
}

function workedOut(expression: Value | undefined, asked: Asked, recording: Recording): Value {
  const { id } = asked;
  // An expression of a whole map stands for none of its parts.
  const at = asked.sensitive === undefined ? (expression?.at ?? asked.at) : asked.at;
  const names = referencesIn(expression);
  recording.steps += names.length;
  if (recording.steps > limits.steps) return recording.over("steps", at);
  if (recording.depth >= limits.evaluationDepth) return recording.over("evaluationDepth", at);
  recording.depth++;
  const found = names.flatMap((name) => named(name, { ...asked, at }, recording));
  recording.depth--;
  const [known] = found;
  // What is known does not make anything unknown; where all is known, the one that there is may be the value.
  const candidates = explaining(
    found.filter((value) => firstUnknown(value) !== undefined),
    asked.sensitive,
    recording,
  );
  const [only] = candidates;
  if (asked.isGuess === true) {
    const traces = mergeTraces(found.flatMap(tracesOf)).map((trace): Trace => ({ ...trace, certainty: "may" }));
    return unknown("after-apply", id, at, { id, traces });
  }
  if (only !== undefined && candidates.length === 1) return asWhole(only);
  if (only === undefined && known !== undefined && found.length === 1) return known;
  return unknown("after-apply", id, at, { id, traces: tracesOfAll(candidates, asked.sensitive !== undefined) });
}

/**
 * The value may be more than the one name in it (`"${aws_ses_domain_identity.mail.arn}/*"` in a policy): of a text only
 * what it is goes on, and not its characters. A document is handed on whole.
 */
function asWhole(value: Value): Value {
  if (value.kind !== "text" || value.pieces.some((piece) => piece.kind === "encoded")) return value;
  const ref = refOf(value);
  const cause = firstUnknown(value);
  const { kind, what } = cause?.reason ?? { kind: "after-apply", what: "a text" };
  const id = ref === undefined ? cause?.id : `${ref.address}.${ref.attribute}`;
  const more = { traces: tracesOf(value), ...(id !== undefined && { id }), ...(ref && { ref }) };
  return unknown(kind, what, value.at, more);
}

function named(name: string, asked: Asked, recording: Recording): readonly Value[] {
  const value = referred(name, asked, recording);
  return value === undefined ? [] : [through(value, name, asked.at)];
}

/**
 * All of one credential are put together into one text; of several credentials it may be a choice. A part of a map is
 * any one of what the map is made of: which, the plan does not say.
 */
function tracesOfAll(values: readonly Value[], isPart: boolean): readonly Trace[] {
  const traces = mergeTraces(values.flatMap(tracesOf));
  const kinds = new Set(traces.map(({ credential, form }) => (isPart ? `${credential} ${form}` : credential)));
  const isOther = isPart && values.some((value) => tracesOf(value).length === 0);
  return kinds.size < 2 && !isOther ? traces : traces.map((trace) => ({ ...trace, certainty: "may" }));
}

/**
 * A part of a map is sensitive where its own reference is: an SMTP password is, the key id beside it is not. Names say
 * which of the credentials of a map is which; were a user name and a password swapped, both would be wrong.
 */
function explaining(values: readonly Value[], sensitive: Asked["sensitive"], recording: Recording): readonly Value[] {
  if (sensitive === undefined || sensitive === "open" || values.length < 2) return values;
  const isByName = typeof sensitive === "string";
  if (isByName && values.some((value) => tracesOf(value).length === 0)) return values; // It may be any of these, too.
  const other = sensitive === false || sensitive === "public by name";
  const fitting = values.filter((value) => isSecret(value, recording) !== other);
  return fitting.length === 0 ? values : fitting;
}

/** Is the value marked sensitive? Undefined where the plan does not say. */
function isSecret(value: Value, { file }: Recording): boolean | undefined {
  const traces = tracesOf(value);
  if (traces.length > 0) return traces.some((trace) => secretForms.has(trace.form));
  const ref = refOf(value);
  const marks = ref && file.resources.get(ref.address)?.marks;
  return marks && isTrue(fieldOf(marks, ref.attribute));
}

/** The attributes that the provider marks sensitive. */
const secretForms: ReadonlySet<CredentialForm> = new Set(["secret-access-key", "smtp-password"]);

/** What a name means in a module. Undefined: something that is known at planning, which explains nothing. */
function referred(name: string, asked: Asked, recording: Recording): Value | undefined {
  const { module, at } = asked;
  const steps = stepsOf(name);
  const [first, second = ""] = steps;
  switch (first) {
    case "var":
      return variableValue(second, module, at, recording);
    case "module":
      return outputValue(steps, asked, recording);
    case "local": {
      const id = inModule(module.address, `local.${second}`);
      return unknown("unsupported", id, at, { id });
    }
    case "each":
      return second === "value" ? eachValue(name, steps.slice(2), asked, recording) : undefined;
    case "count":
    case "path":
    case "terraform":
    case "self":
    case undefined:
      return undefined;
    case "data":
      return attributeValue(`data.${second}.${steps[2] ?? ""}`, steps.slice(3), asked, recording);
    default:
      return attributeValue(`${first}.${second}`, steps.slice(2), asked, recording);
  }
}

/** Where `for_each` is all instances of a resource or module, it is the one with the same key. */
function eachValue(name: string, rest: readonly string[], asked: Asked, recording: Recording): Value {
  const { suffix, at, forEach, module } = asked;
  const [all, other] = referencesIn(forEach);
  const isWhole = all !== undefined && other === undefined && /^(?:module|[a-z0-9-]+_\w+)\.[\w-]+$/.test(all);
  const key = isWhole && rest.length > 0 ? [all + suffix, ...rest].join(".") : undefined;
  const found = key === undefined ? undefined : referred(key, { ...asked, forEach: undefined }, recording);
  return found ?? unknown("unsupported", inModule(module.address, name), at);
}

/** `aws_iam_user.mail["a.b"].name` as `aws_iam_user`, `mail`, `["a.b"]`, `name`. */
function stepsOf(name: string): readonly string[] {
  return [...name.matchAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]|[^.[\]]+/g)].map(([step]) => step);
}

/** The root module's are in the file; those of another are what its call hands over. */
export function variableValue(name: string, module: RecordedModule, at: Span, recording: Recording): Value | undefined {
  const { parent, called } = module.calling ?? {};
  if (parent === undefined) return recording.variable(name);
  const expression = called?.inputs.get(name)?.value;
  if (expression === undefined) {
    return fieldOf(module.configured?.variables.get(name)?.value, "default");
  }
  const id = inModule(module.address, `var.${name}`);
  return expressionValue(expression, { module: parent, suffix: module.suffix, id, at }, recording);
}

function outputValue(steps: readonly string[], asked: Asked, recording: Recording): Value | undefined {
  const { module, suffix, at } = asked;
  const [, name = "", third = ""] = steps;
  const key = third.startsWith("[") ? third : undefined;
  const output = key === undefined ? third : steps[3];
  const local = `module.${name}`;
  const found = (key === undefined ? ["", suffix] : [key]).map((one) =>
    recording.module(inModule(module.address, local + one)),
  );
  const child = found.find((one) => one !== undefined);
  const expression = fieldOf(child?.configured?.outputs.get(output ?? "")?.value, "expression");
  const id = inModule(module.address, steps.join("."));
  if (child === undefined) return unknown("unsupported", id, at, { id });
  if (expression === undefined) return anyOutput(child, id, asked, recording);
  return expressionValue(expression, { module: child, suffix, id, at }, recording);
}

/** Of `module.mail[each.key].password` the plan keeps `module.mail`: it is one of the outputs. */
function anyOutput(child: RecordedModule, id: string, { at }: Asked, recording: Recording): Value {
  const values = child.outputs.map((output) => output.value());
  recording.steps += values.length;
  const traces = values.flatMap(tracesOf).map((trace): Trace => ({ ...trace, certainty: "may" }));
  return unknown("unsupported", id, at, { id, traces: mergeTraces(traces) });
}

/** `rest`: a key, if there is one, the attribute, and what is taken out of that. */
function attributeValue(local: string, rest: readonly string[], asked: Asked, recording: Recording): Value {
  const { module, suffix, at } = asked;
  const key = rest[0]?.startsWith("[") ? rest[0] : undefined;
  const [attribute, ...deeper] = key === undefined ? rest : rest.slice(1);
  const keys = key === undefined ? ["", suffix] : [key];
  const found = keys.map((one) => recording.instance(inModule(module.address, local + one)));
  const instance = found.find((one) => one !== undefined);
  const id = inModule(module.address, [local, ...rest].join("."));
  if (instance === undefined) {
    // Of a resource that says nothing of credentials it is enough to know which attribute it is.
    const [type = ""] = local.replace(/^data[.]/, "").split(".", 1);
    const ref =
      attribute === undefined || deeper.length > 0
        ? undefined
        : attributeRef(type, inModule(module.address, local + (key ?? "")), attribute);
    return unknown("after-apply", id, at, { id, ...(ref && { ref }) });
  }
  if (attribute === undefined) {
    const traces = recording.attributes.traces(instance).map((trace): Trace => ({ ...trace, certainty: "may" }));
    return unknown("after-apply", id, at, { id, traces });
  }
  const value = instance.attribute(attribute);
  return deeper.length === 0 ? value : unknown("after-apply", id, at, { id, traces: tracesOf(value) });
}
