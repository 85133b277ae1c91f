import type { Span } from "../../../core/source";
import type { Attribute, Block, Expression, Name } from "../parse/syntax";

/** A block as it is written, with what override files change in it. Nodes keep the file that their offsets are in. */
export interface BlockSource {
  readonly file: string;
  readonly type: Name;
  readonly labels: readonly Name[];
  /** Type and labels. */
  readonly at: Span;
  readonly attributes: ReadonlyMap<string, AttributeSource>;
  readonly blocks: readonly BlockSource[];
  readonly construct: string | undefined;
}

export interface AttributeSource {
  readonly name: Name;
  readonly value: Expression;
  readonly file: string;
}

/** Of two definitions of one attribute the first counts; the parser reports the second. */
export function blockSource(block: Block, file: string): BlockSource {
  const attributes = new Map<string, AttributeSource>();
  for (const attribute of block.body.attributes) {
    if (!attributes.has(attribute.name.text)) attributes.set(attribute.name.text, attributeSource(attribute, file));
  }
  return {
    file,
    type: block.type,
    labels: block.labels,
    at: { file, start: block.type.start, end: headerEnd(block) },
    attributes,
    blocks: block.body.blocks.map((inner) => blockSource(inner, file)),
    construct: block.construct,
  };
}

/** A label's place is inside its quotes; in Terraform JSON syntax type and labels are in one place. */
function headerEnd({ type, labels }: Block): number {
  const last = labels.at(-1);
  if (last === undefined) return type.end;
  return last.start === type.start ? last.end : last.end + 1;
}

export function attributeSource({ name, value }: Attribute, file: string): AttributeSource {
  return { name, value, file };
}

/**
 * Terraform's merge of an override file: each argument replaces its namesake, and nested blocks of a type replace all
 * blocks of that type; `lifecycle` is merged argument by argument.
 */
export function overridden(base: BlockSource, by: BlockSource): BlockSource {
  const replaced = new Set(by.blocks.map((block) => block.type.text));
  const kept = base.blocks.filter((block) => !replaced.has(block.type.text) || block.type.text === "lifecycle");
  const lifecycle = kept.find((block) => block.type.text === "lifecycle");
  const added = by.blocks.map((block) =>
    block.type.text === "lifecycle" && lifecycle !== undefined ? overridden(lifecycle, block) : block,
  );
  const merged = added.some((block) => block.type.text === "lifecycle");
  return {
    ...base,
    attributes: new Map([...base.attributes, ...by.attributes]),
    blocks: [...kept.filter((block) => !merged || block !== lifecycle), ...added],
  };
}

export function spanOfName(name: Name, file: string): Span {
  return { file, start: name.start, end: name.end };
}

/** A call's source as it is written; one that is no plain string leads nowhere, which the evaluation reports. */
export function constantSource(call: BlockSource): string {
  const written = call.attributes.get("source")?.value;
  const parts = written?.kind === "template" ? written.parts : [];
  return parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}
