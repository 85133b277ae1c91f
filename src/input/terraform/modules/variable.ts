import { always, type Guard } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { knownText, optionsOf, unknown } from "../../../core/text";
import { through } from "../../../core/trace";
import type { Value } from "../../../core/value";
import type { Block } from "./block";
import { cyclic } from "./block";
import { spanOfName, type AttributeSource, type BlockSource } from "./block-source";
import { contextAt, evaluate } from "../evaluate/expression";
import { once } from "../evaluate/once";
import type { Scope } from "../evaluate/scope";
import { named, settled } from "../evaluate/settled";
import { invalid } from "../functions/context";
import { mapOptions } from "../functions/unify";
import type { NamedValue, VariableInstance } from "./unit-tree";
import { isSameValue, placedAt, type Overlay } from "./overlay";
import { asToggle } from "./toggles";
import { converted, typeOf, undecidedBool, type Type } from "./type-constraint";

/** Who sets the variables of a module instance. */
export type Setter =
  /** The root module: variable files, else defaults. */
  | {
      readonly kind: "files";
      readonly values: ReadonlyMap<string, NamedValue>;
      /** Of a library: does the variable say how often something is there? Such are left open, as every bool is. */
      readonly isToggle: ((name: string) => boolean) | undefined;
      /** The plan that says what they are set to. */
      readonly recorded: Pick<Overlay, "variable"> | undefined;
    }
  | { readonly kind: "call"; readonly inputs: Block; readonly guard: Guard };

export interface Variable extends VariableInstance {
  /** The place of the default, where it is the value. */
  readonly defaultAt: Span | undefined;
  /** The conditions that its value must meet. */
  validations(): readonly Value[];
}

export function variableOf(
  source: BlockSource,
  address: string,
  setter: Setter,
  scopeIn: (file: string) => Scope,
): Variable {
  const [label = source.type] = source.labels;
  const name = label.text;
  const at = spanOfName(label, source.file);
  const written = source.attributes.get("default");
  const byDefault = written && isDefault(name, setter);
  const declared: Declared = { name, address, at, source, type: typeOf(source.attributes.get("type")?.value), scopeIn };
  const value = once(
    () => valueOf(declared, setter),
    () => cyclic(address, at, scopeIn(source.file)),
  );
  return {
    name,
    address,
    at,
    value,
    default: () => written && evaluate(written.value, scopeIn(written.file)),
    defaultAt: byDefault ? scopeIn(written.file).at(written.value) : undefined,
    validations: () =>
      source.blocks.flatMap(({ type, attributes }) => {
        const condition = attributes.get("condition");
        if (type.text !== "validation" || condition === undefined) return [];
        return [evaluate(condition.value, scopeIn(condition.file))];
      }),
  };
}

/** Is it not set? Told from what is written: the value of an argument may hang on the module that it is handed to. */
function isDefault(name: string, setter: Setter): boolean {
  if (setter.kind === "files") return !setter.values.has(name);
  return setter.inputs.arguments.every((argument) => argument.name !== name);
}

interface Declared {
  readonly name: string;
  readonly address: string;
  readonly at: Span;
  readonly source: BlockSource;
  readonly type: Type;
  readonly scopeIn: (file: string) => Scope;
}

function valueOf(variable: Declared, setter: Setter): Value {
  const { name, address, source, scopeIn } = variable;
  const given = setter.kind === "files" ? setter.values.get(name)?.value() : setter.inputs.written(name);
  const own =
    given === undefined ? unset(variable, setter) : unlessUnset(convertedTo(variable, given), variable, setter);
  const value = recordedValue(own, variable, setter);
  const passed = setter.kind === "call" ? through(value, `var.${name}`, placeOfInput(variable, setter.inputs)) : value;
  const guard = setter.kind === "call" ? setter.guard : always;
  return settled(named(passed, address), scopeIn(source.file).evaluation, guard);
}

/** A plan's value is reported where the variable is declared, unless the files say the same of it. */
function recordedValue(own: Value, variable: Declared, setter: Setter): Value {
  const given = setter.kind === "files" ? setter.recorded?.variable(variable.name) : undefined;
  if (given === undefined) return own;
  const recorded = convertedTo(variable, placedAt(given, variable.at, 0));
  return isSameValue(own, recorded) ? own : recorded;
}

function placeOfInput({ name, at }: Declared, inputs: Block): Span {
  return inputs.arguments.find((argument) => argument.name === name)?.at ?? at;
}

function convertedTo({ name, at, source, type, scopeIn }: Declared, value: Value): Value {
  const scope = scopeIn(source.file);
  const place = value.at.file === "" ? at : value.at;
  return converted(value, type, {
    what: `var.${name}`,
    context: contextAt(place, scope),
    evaluate: (e) => evaluate(e, scope),
  });
}

/** `nullable = false`: a null stands for the default, and is refused where there is none. */
function unlessUnset(value: Value, variable: Declared, setter: Setter): Value {
  const nullable = variable.source.attributes.get("nullable");
  if (nullable === undefined || !isFalse(nullable)) return value;
  if (optionsOf(value).every((option) => option.value.kind !== "null")) return value;
  if (value.kind === "null") return unset(variable, setter);
  const hasDefault = variable.source.attributes.has("default");
  const otherwise = hasDefault ? unset(variable, setter) : invalid(`${variable.address} must not be null`, value.at);
  return otherwise.kind === "choice" ? value : mapOptions(value, (one) => (one.kind === "null" ? otherwise : one));
}

function isFalse({ value }: AttributeSource): boolean {
  return value.kind === "literal" && value.value.kind === "bool" && !value.value.value;
}

function unset(variable: Declared, setter: Setter): Value {
  const { name, address, at, source, type, scopeIn } = variable;
  const written = source.attributes.get("default");
  if (written !== undefined) {
    const value = convertedTo(variable, evaluate(written.value, scopeIn(written.file)));
    const isToggle = setter.kind === "files" ? setter.isToggle : undefined;
    return isToggle !== undefined && (value.kind === "bool" || isToggle(name)) ? asToggle(value, type, address) : value;
  }
  if (setter.kind === "call") {
    const { files } = scopeIn(source.file).evaluation;
    const place = setter.inputs.at;
    const message = `The module needs the argument ${name}, which is not set.`;
    // A call that may not be there may be there only where the argument is set.
    if (setter.guard.length === 0) files.report({ kind: "invalid", file: place.file, at: place, message });
    return unknown("missing", `var.${name}`, place, { id: address });
  }
  return type.kind === "bool" ? undecidedBool(address, at) : unknown("no-default", address, at, { id: address });
}

/** The text of an argument that is needed before the resources are: nothing that they make known is in it. */
export function plainText(source: BlockSource, name: string, scopeIn: (file: string) => Scope): string | undefined {
  const attribute = source.attributes.get(name);
  return attribute && knownText(evaluate(attribute.value, scopeIn(attribute.file)));
}
