import { encloses, type Span } from "../../core/source";
import type { Value } from "../../core/value";
import { literalsIn, type Literals } from "../literals";
import { holdsLiteral } from "../quick-look";
import { settingsIn } from "../settings";
import { distinct } from "./distinct";
import { literalSections, type QuickLook } from "./quick-look";
import type { Stack } from "./stack";
import { fieldOf } from "../fields";

/** A stack, and what is seen of its resources at a glance. */
interface SeenStack {
  readonly stack: Stack;
  readonly look: QuickLook;
}

/** The credentials that are written down, each once, and the places that name root. */
export function literalsOf(stacks: readonly SeenStack[]): Literals {
  const found = stacks.flatMap(literalsOfStack);
  return {
    literals: distinct(
      found.flatMap((one) => one.literals),
      (literal) => literal.at,
    ),
    references: distinct(
      found.flatMap((one) => one.references),
      (reference) => reference.at,
    ),
  };
}

/** What is written is there, whether it is used or not: after the values, what functions leave out of them. */
function literalsOfStack({ stack, look: quickLook }: SeenStack): readonly Literals[] {
  const { template, prefix, names } = stack;
  const found: Literals[] = [];
  const look = (value: Value | undefined, address: string, at: Span, name?: string): void => {
    if (value === undefined) return;
    const start = { nameAt: at, ...(name !== undefined && { name }) };
    for (const one of [stack.evaluate(value), value]) {
      if (!holdsLiteral(one)) continue;
      const looked = literalsIn(settingsIn(one, start), { address: prefix + address, profiles: false, names });
      const literals = looked.literals.map((literal) =>
        encloses(value.at, literal.at) ? literal : { ...literal, takenAt: at },
      );
      found.push({ ...looked, literals });
    }
  };
  for (const { name, at, value } of template.parameters.values()) look(fieldOf(value, "Default"), name, at, name);
  for (const body of template.resources.values()) {
    if (quickLook.noLiterals(body)) continue;
    for (const section of literalSections) look(fieldOf(body.value, section), body.name, body.at);
  }
  for (const { name, at, value } of template.makers) look(value, name, at);
  for (const { name, at, value } of template.outputs.values())
    look(fieldOf(value, "Value"), `Outputs.${name}`, at, name);
  for (const { name, at, value } of template.mappings.values()) look(value, `Mappings.${name}`, at);
  for (const section of ["Globals", "Metadata"]) {
    const value = fieldOf(template.root, section);
    look(value, section, value?.at ?? template.root.at);
  }
  return found;
}
