import { always, both, whenAny, type Guard } from "../../../core/guard";
import type { Span } from "../../../core/source";
import { entriesOf, unknown } from "../../../core/text";
import { choose } from "../../../core/choice";
import type { MapValue, Unknown, Value } from "../../../core/value";
import { spanOfName, type AttributeSource, type BlockSource } from "./block-source";
import { described } from "../evaluate/convert";
import { idByWriting, undecidedNumber } from "../evaluate/decide";
import { evaluate, evaluateShared } from "../evaluate/expression";
import { othersOf, pairsOf, type Others, type Pair } from "../evaluate/loop";
import { bind, failure, makes, overLimit, type Scope } from "../evaluate/scope";
import { settled, unlessNull } from "../evaluate/settled";
import { consequence, isError } from "../functions/context";
import type { ArgumentName, BlockInstance } from "./unit-tree";
import type { Expression } from "../parse/syntax";

/** Where a block is evaluated: in the files that its parts are from, with what its instance binds. */
interface BlockContext {
  /** The address of the resource, for errors. */
  readonly address: string;
  readonly guard: Guard;
  inFile(file: string): Scope;
}

/** A block with its arguments as they are, where null is a value. */
export interface Block extends BlockInstance {
  written(name: string): Value | undefined;
}

/**
 * Arguments of Terraform's own, by the type of the block: references to other blocks, how often it is there, where a
 * module is from, words of the language. None of them is a value of an instance.
 */
const metaArguments: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["resource", new Set(["count", "for_each", "provider", "depends_on"])],
  ["data", new Set(["count", "for_each", "provider", "depends_on"])],
  ["ephemeral", new Set(["count", "for_each", "provider", "depends_on"])],
  ["module", new Set(["source", "version", "count", "for_each", "providers", "depends_on"])],
  ["provider", new Set(["alias", "version"])],
  ["lifecycle", new Set(["ignore_changes", "replace_triggered_by"])],
  ["provisioner", new Set(["when", "on_failure"])],
]);

/** Blocks that are Terraform's own, in a resource of any type. */
export const ownBlocks: ReadonlySet<string> = new Set(["lifecycle", "provisioner", "timeouts", "connection"]);

/** The arguments of a block that have values, as they are written. */
export function argumentsIn({ type, attributes }: BlockSource): readonly AttributeSource[] {
  const own = metaArguments.get(type.text);
  const written = [...attributes.values()];
  return own === undefined ? written : written.filter(({ name }) => !own.has(name.text));
}

/** A block of the source as one instance sees it, with what is worked out of it: each argument when it is asked for. */
export interface WrittenBlock extends Block, BlockContext {
  readonly guard: Guard;
  readonly form: Form;
  /** In the order of the form's attributes. */
  values: (Value | "running" | undefined)[] | undefined;
  nested: readonly Block[] | undefined;
}

/** A block of a type that its source need not name, at a place of its own. */
export function blockOf(source: BlockSource, context: BlockContext, as?: { readonly type: string; at?: Span }): Block {
  const form = formOf(source);
  const block: WrittenBlock = {
    type: as?.type ?? source.type.text,
    labels: form.labels,
    at: as?.at ?? source.at,
    guard: context.guard,
    arguments: form.names,
    argument: argumentOf,
    written: writtenIn,
    blocks: blocksIn,
    allBlocks: allBlocksIn,
    address: context.address,
    inFile: (file) => context.inFile(file),
    form,
    values: undefined,
    nested: undefined,
  };
  return block;
}

// These are functions of all blocks: of many instances each would hold more closures of its own than anything else.

export function argumentOf(this: Block, name: string): Value | undefined {
  const value = this.written(name);
  return value && unlessNull(value);
}

/** The value of an argument, kept in its place among those of the others. */
export function writtenIn(this: WrittenBlock, name: string): Value | undefined {
  const argument = this.form.attributes.get(name);
  if (argument === undefined) return undefined;
  const { attribute, index } = argument;
  const values = (this.values ??= new Array<Value | undefined>(this.form.attributes.size));
  const known = values[index];
  if (known !== undefined && known !== "running") return known;
  const scope = this.inFile(attribute.file);
  if (known === "running") {
    return cyclic(`${this.address}.${attribute.name.text}`, scope.at(attribute.name), scope);
  }
  values[index] = "running";
  const value = settled(evaluateShared(attribute.value, scope, evaluate), scope.evaluation, this.guard);
  values[index] = value;
  return value;
}

export function blocksIn(this: WrittenBlock, wanted: string): readonly Block[] {
  const { attributes, blockTypes } = this.form;
  const inValue = attributes.has(wanted) ? blocksInValue(writtenIn.call(this, wanted), wanted, this.guard) : noBlocks;
  return blockTypes.has(wanted)
    ? [...inValue, ...allBlocksIn.call(this).filter((one) => one.type === wanted)]
    : inValue;
}

export function allBlocksIn(this: WrittenBlock): readonly Block[] {
  return (this.nested ??= this.form.source.blocks.flatMap((inner) => nestedBlocks(inner, this)));
}

const noBlocks: readonly Block[] = [];

/** The type of a block, or of those that it makes. */
function typeMade({ type, labels }: BlockSource): string {
  return (type.text === "dynamic" ? labels[0]?.text : undefined) ?? type.text;
}

/** What all instances of a block have in common. */
export interface Form {
  readonly source: BlockSource;
  readonly labels: readonly string[];
  readonly names: readonly ArgumentName[];
  /** The attributes of the arguments, in the same order. */
  readonly attributes: ReadonlyMap<string, Written>;
  /** Types of nested blocks: most are asked for where there are none. */
  readonly blockTypes: ReadonlySet<string>;
}

interface Written {
  readonly attribute: AttributeSource;
  readonly index: number;
}

const forms = new WeakMap<BlockSource, Form>();

export function formOf(source: BlockSource): Form {
  const known = forms.get(source);
  if (known !== undefined) return known;
  const held = argumentsIn(source);
  const form: Form = {
    source,
    labels: source.labels.map((label) => label.text),
    names: held.map(({ name, value, file }) => {
      return { name: name.text, at: spanOfName(name, file), valueAt: { file, start: value.start, end: value.end } };
    }),
    attributes: new Map(held.map((attribute, index) => [attribute.name.text, { attribute, index }])),
    blockTypes: new Set(source.blocks.map(typeMade)),
  };
  forms.set(source, form);
  return form;
}

/** Told once; what depends on it goes on with an unknown. */
export function cyclic(address: string, at: Span, scope: Scope): Unknown {
  const message = `The value of ${address} depends on itself.`;
  scope.evaluation.files.report({ kind: "invalid", file: at.file, at, message });
  return unknown("missing", address, at);
}

function nestedBlocks(source: BlockSource, context: BlockContext): readonly Block[] {
  return source.type.text === "dynamic" ? dynamicBlocks(source, context) : [blockOf(source, context)];
}

/** `dynamic "x" { for_each = …, content { … } }`: one block `x` for every element. */
function dynamicBlocks(source: BlockSource, context: BlockContext): readonly Block[] {
  const [label] = source.labels;
  const content = source.blocks.find((inner) => inner.type.text === "content");
  const forEach = source.attributes.get("for_each");
  if (label === undefined || content === undefined || forEach === undefined) {
    const message = "A dynamic block has a label, for_each and a content block; this one makes no blocks.";
    context.inFile(source.file).evaluation.files.report({ kind: "invalid", file: source.file, at: source.at, message });
    return [];
  }
  const scope = context.inFile(forEach.file);
  const collection = settled(evaluate(forEach.value, scope), scope.evaluation, context.guard);
  const iterator = keywordOf(source.attributes.get("iterator")?.value) ?? label.text;
  return elementsOf(collection, forEach.value, scope).flatMap(({ guard, key, value, place }) => {
    const there = both(context.guard, guard);
    if (there === undefined) return [];
    const each = { kind: "each", name: iterator, key, value, at: scope.at(forEach.value) } as const;
    const inner: BlockContext = {
      address: context.address,
      guard: there,
      inFile: (file) => bind(context.inFile(file), each, `${iterator} ${place}`),
    };
    return [blockOf(content, inner, { type: label.text, at: spanOfName(label, source.file) })];
  });
}

/** A single name, in Terraform JSON syntax a string. */
export function keywordOf(e: Expression | undefined): string | undefined {
  if (e?.kind === "variable") return e.name;
  const [part] = e?.kind === "template" ? e.parts : [];
  return part?.kind === "text" ? part.text : undefined;
}

interface Element extends Pair {
  /** Tells the element apart in its collection. */
  readonly place: string;
}

/** The elements of a collection, each under the guard under which it is there. One stands for those not known. */
function elementsOf(collection: Value, e: Expression, scope: Scope): readonly Element[] {
  const options = collection.kind === "choice" ? collection.options : [{ guard: always, value: collection }];
  return options.flatMap((option, i) => {
    const pairs = pairsOf(option.value);
    if (pairs === undefined) {
      // An error is reported where it arose; no blocks come of either.
      if (!isError(option.value) && option.guard.length === 0) reportNoCollection(option.value, e, scope);
      return [];
    }
    const elements: Element[] = [];
    while (elements.length < pairs.known.length && makes(scope.evaluation.budget)) {
      const pair = pairs.known[elements.length];
      if (pair !== undefined) elements.push({ ...pair, place: `${i}.${elements.length}` });
    }
    const isOver = elements.length < pairs.known.length;
    const rest = isOver ? overLimit("steps", scope.at(e)) : pairs.rest;
    if (isOver && rest !== undefined) settled(rest, scope.evaluation);
    if (rest !== undefined) elements.push({ ...others(rest, pairs.known.length > 0, e, scope), place: `${i}.*` });
    return elements.flatMap((element) => {
      const guard = both(option.guard, element.guard);
      return guard === undefined ? [] : [{ ...element, guard }];
    });
  });
}

function reportNoCollection(value: Value, e: Expression, scope: Scope): void {
  settled(failure(`for_each takes a collection, not ${described(value)}`, e, scope), scope.evaluation);
}

/**
 * What stands for the elements of which nothing is known. There are any where there are such instances, of which they
 * are known; otherwise that is undecided: by the id of what is not known, or by how it is written, so that it is the
 * same wherever the same is gone over.
 */
export function others(rest: Unknown, besideKnown: boolean, e: Expression, scope: Scope): Others {
  const about = besideKnown ? " has other elements" : " is not empty";
  const id = rest.id ?? idByWriting(e, scope);
  const undecided = rest.id === undefined ? undecidedNumber(e, scope, about) : whenAny(`${rest.id}${about}`);
  return { guard: rest.any ?? undecided, ...othersOf(id === undefined ? rest : { ...rest, id }) };
}

/**
 * An argument that holds an object, or a list of them, read as blocks: Terraform JSON syntax cannot tell them apart.
 */
export function blocksInValue(value: Value | undefined, type: string, guard: Guard): readonly Block[] {
  if (value === undefined) return [];
  switch (value.kind) {
    case "map":
      return [blockOfMap(value, type, guard)];
    case "list":
      return value.items.flatMap((item) => {
        const there = both(guard, item.guard);
        return there === undefined ? [] : blocksInValue(item.value, type, there);
      });
    case "choice":
      return value.options.flatMap((option) => {
        const there = both(guard, option.guard);
        return there === undefined ? [] : blocksInValue(option.value, type, there);
      });
    case "unknown":
    case "null":
    case "bool":
    case "number":
    case "text":
      return [];
  }
}

function blockOfMap(map: MapValue, type: string, guard: Guard): Block {
  const written = (name: string): Value | undefined => {
    const entries = entriesOf(map, name);
    const [first] = entries;
    if (first !== undefined) return first.guard.length === 0 ? first.value : choose(entries, map.at);
    return map.rest && consequence([map.rest], map.at, map.rest.traces);
  };
  return {
    type,
    labels: [],
    at: map.at,
    guard,
    arguments: map.entries.map(({ key, keyAt, valueAt }) => ({ name: key, at: keyAt, ...(valueAt && { valueAt }) })),
    argument: argumentOf,
    written,
    blocks: (wanted) => blocksInValue(written(wanted), wanted, guard),
    allBlocks: () => [],
  };
}
