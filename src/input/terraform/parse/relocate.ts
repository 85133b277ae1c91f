import type { Expression, Name, ObjectItem, Template, TemplatePart, TemplateText } from "./syntax";

/** From the offsets of a string's characters to those of the file that the string was decoded from. */
export interface Places {
  startAt(offset: number): number;
  endAt(offset: number): number;
  /** The ranges of the string, from `start` to `end`, that each have a place of their own. */
  cut(start: number, end: number): readonly { readonly start: number; readonly end: number }[];
}

type Move = (node: { readonly start: number; readonly end: number }) => { start: number; end: number };

/** A template with its places in the file. Texts are cut so that each is as exact as the decoding left it. */
export function relocateTemplate(template: Template, places: Places): Template {
  return {
    ...template,
    ...mover(places)(template),
    parts: template.parts.flatMap((part) => relocatePart(part, places)),
  };
}

export function relocate(expression: Expression, places: Places): Expression {
  const at = mover(places)(expression);
  const go = (inner: Expression): Expression => relocate(inner, places);
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "splat-item":
    case "invalid":
      return { ...expression, ...at };
    case "template":
      return relocateTemplate(expression, places);
    case "get-attribute":
      return { ...expression, ...at, of: go(expression.of), name: relocateName(expression.name, places) };
    case "index":
      return { ...expression, ...at, of: go(expression.of), key: go(expression.key) };
    case "splat":
      return { ...expression, ...at, of: go(expression.of), each: go(expression.each) };
    case "call":
      return { ...expression, ...at, name: relocateName(expression.name, places), args: expression.args.map(go) };
    case "unary":
      return { ...expression, ...at, operand: go(expression.operand) };
    case "binary":
      return { ...expression, ...at, left: go(expression.left), right: go(expression.right) };
    case "conditional":
      return {
        ...expression,
        ...at,
        condition: go(expression.condition),
        then: go(expression.then),
        otherwise: go(expression.otherwise),
      };
    case "tuple":
      return { ...expression, ...at, items: expression.items.map(go) };
    case "object":
      return { ...expression, ...at, items: expression.items.map((item) => relocateItem(item, places)) };
    case "for-tuple":
    case "for-object":
      return relocateFor(expression, places);
    case "parentheses":
      return { ...expression, ...at, value: go(expression.value) };
  }
}

function relocateFor(
  expression: Extract<Expression, { kind: "for-tuple" | "for-object" }>,
  places: Places,
): Expression {
  const parts = {
    ...mover(places)(expression),
    collection: relocate(expression.collection, places),
    condition: expression.condition && relocate(expression.condition, places),
    value: relocate(expression.value, places),
  };
  if (expression.kind === "for-tuple") return { ...expression, ...parts };
  return { ...expression, ...parts, keyValue: relocate(expression.keyValue, places) };
}

function relocateItem(item: ObjectItem, places: Places): ObjectItem {
  const { key } = item;
  return {
    key:
      key.kind === "name"
        ? { kind: "name", name: relocateName(key.name, places) }
        : { kind: "expression", value: relocate(key.value, places) },
    value: relocate(item.value, places),
  };
}

function relocatePart(part: TemplatePart, places: Places): readonly TemplatePart[] {
  const at = mover(places)(part);
  const all = (parts: readonly TemplatePart[]) => parts.flatMap((inner) => relocatePart(inner, places));
  switch (part.kind) {
    case "text":
      return relocateText(part, places);
    case "interpolation":
      return [{ ...part, ...at, value: relocate(part.value, places) }];
    case "if": {
      const condition = relocate(part.condition, places);
      return [{ ...part, ...at, condition, then: all(part.then), otherwise: all(part.otherwise) }];
    }
    case "for":
      return [{ ...part, ...at, collection: relocate(part.collection, places), body: all(part.body) }];
  }
}

function relocateText(part: TemplateText, places: Places): readonly TemplateText[] {
  const at = mover(places);
  if (part.end - part.start !== part.text.length) return [{ ...part, ...at(part) }];
  return places.cut(part.start, part.end).map((range) => ({
    kind: "text",
    text: part.text.slice(range.start - part.start, range.end - part.start),
    ...at(range),
  }));
}

function relocateName(name: Name, places: Places): Name {
  return { text: name.text, ...mover(places)(name) };
}

function mover(places: Places): Move {
  return ({ start, end }) => {
    const moved = places.startAt(start);
    return { start: moved, end: end === start ? moved : places.endAt(end) };
  };
}
