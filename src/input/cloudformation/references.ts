import { choose, type Alternative } from "../../core/choice";
import { whenAmong } from "../../core/guard";
import { kept } from "../../core/map";
import type { Span } from "../../core/source";
import { text } from "../../core/text";
import type { Value } from "../../core/value";
import { nameIn } from "./names";
import type { Stack } from "./stack";
import { fieldOf } from "../fields";
import type { Template } from "./template";

/** Environments, sizes, switches. Types of instances and the like are many more, and nothing hangs on them. */
const valuesToldApart = 8;

/** Of all parameters of a template together: each way in which one comes out is compared with each of the others. */
const valuesOfTemplate = 64;

function hasManyChoices(template: Template): boolean {
  let count = 0;
  for (const { value } of template.parameters.values()) {
    const allowed = fieldOf(value, "AllowedValues");
    const isOpen = fieldOf(value, "Default") === undefined;
    const length = isOpen && allowed?.kind === "list" ? allowed.items.length : 0;
    if (length <= valuesToldApart) count += length;
  }
  return count > valuesOfTemplate;
}

const manyChoices = new WeakMap<Template, boolean>();

/** What `Ref` is worth by itself: of a parameter that nobody sets, one of its `AllowedValues`. */
export function referred(name: string, at: Span, stack: Stack): Value {
  const value = stack.refer(name, at);
  if (value.kind !== "unknown" || value.id === undefined || value.traces.length > 0) return value;
  const { id } = value;
  const allowed = stack.noEcho.has(id) ? undefined : stack.allowed.get(id);
  if (allowed === undefined || allowed.length > valuesToldApart || kept(manyChoices, stack.template, hasManyChoices))
    return value;
  const alternatives = allowed.flatMap((one): readonly Alternative[] => {
    const guard = whenAmong(id, one, allowed);
    return guard === undefined ? [] : [{ guard, value: text(one, at) }];
  });
  return choose(alternatives, at);
}

/**
 * What a function is handed. A parameter is not told apart by its values here: a text that is put together from a few
 * would come out in a thousand ways, and is told better with its names.
 */
export function argumentValue(written: Value, stack: Stack): Value {
  const value = wholeReference(written, stack);
  if (value !== undefined) return value;
  if (written.kind !== "list") return stack.evaluate(written);
  const items = written.items.map((item) => ({ ...item, value: wholeReference(item.value, stack) ?? item.value }));
  return stack.evaluate({ ...written, items });
}

/** The value of `{ Ref: name }`. */
export function wholeReference(written: Value, stack: Stack): Value | undefined {
  const [only] = written.kind === "map" ? written.entries : [];
  if (written.kind !== "map" || only?.key !== "Ref" || written.entries.length !== 1) return undefined;
  const name = nameIn(only.value);
  return name === undefined || name === "AWS::NoValue" ? undefined : stack.refer(name, only.value.at);
}
