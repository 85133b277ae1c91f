import { limits } from "../../../core/limits";
import { isPlainWord } from "../functions/same-when";
import type { Expression, ObjectItem, TemplatePart } from "../parse/syntax";

/**
 * An expression in one spelling: without comments, with one space where there is any. For two readers: as the identity
 * of an undecided condition it is whole; for people, `masked`, it hides strings that could be more than a plain word.
 */
export function printed(expression: Expression, masked: boolean): string {
  const out: string[] = [];
  print(expression, { out, masked, depth: 0 });
  return out.join("");
}

interface Printer {
  readonly out: string[];
  readonly masked: boolean;
  depth: number;
}

function print(e: Expression, printer: Printer): void {
  if (printer.depth >= limits.depth) {
    printer.out.push("…");
    return;
  }
  printer.depth++;
  printKind(e, printer);
  printer.depth--;
}

function printKind(e: Expression, printer: Printer): void {
  switch (e.kind) {
    case "literal":
      printer.out.push(
        e.value.kind === "null" ? "null" : e.value.kind === "bool" ? String(e.value.value) : e.value.text,
      );
      return;
    case "template":
      if (e.wrapped) printParts(e.parts, printer, true);
      else quoted(e.parts, printer);
      return;
    case "variable":
      printer.out.push(e.name);
      return;
    case "get-attribute":
      sequence(printer, e.of, `.${e.name.text}`);
      return;
    case "index":
      sequence(printer, e.of, "[", e.key, "]");
      return;
    case "splat":
      sequence(printer, e.of, "[*]");
      print(e.each, printer);
      return;
    case "splat-item":
    case "invalid":
      return;
    case "call":
      printer.out.push(e.name.text);
      enclosed("(", e.args, e.expand ? "...)" : ")", printer);
      return;
    case "unary":
      sequence(printer, e.operator, e.operand);
      return;
    case "binary":
      sequence(printer, operand(e.left), ` ${e.operator} `, operand(e.right));
      return;
    case "conditional":
      sequence(printer, operand(e.condition), " ? ", operand(e.then), " : ", operand(e.otherwise));
      return;
    case "tuple":
      enclosed("[", e.items, "]", printer);
      return;
    case "object":
      printItems(e.items, printer);
      return;
    case "for-tuple":
      printFor(e, "[", printer);
      sequence(printer, e.value, ...condition(e.condition), "]");
      return;
    case "for-object":
      printFor(e, "{", printer);
      sequence(printer, e.keyValue, " => ", e.value, e.grouped ? "..." : "", ...condition(e.condition), "}");
      return;
    case "parentheses":
      print(e.value, printer);
      return;
  }
}

function sequence(printer: Printer, ...parts: readonly (Expression | string | Operand)[]): void {
  for (const part of parts) {
    if (typeof part === "string") printer.out.push(part);
    else if (part.kind !== "operand") print(part, printer);
    else if (part.bare) print(part.of, printer);
    else sequence(printer, "(", part.of, ")");
  }
}

interface Operand {
  readonly kind: "operand";
  readonly of: Expression;
  /** Needs no parentheses. */
  readonly bare: boolean;
}

/** An operand in parentheses of its own where it has operators: the tree decides, not how it was written. */
function operand(of: Expression): Operand {
  let inner = of;
  while (inner.kind === "parentheses") inner = inner.value;
  return { kind: "operand", of: inner, bare: inner.kind !== "binary" && inner.kind !== "conditional" };
}

function condition(of: Expression | undefined): readonly (Expression | string)[] {
  return of === undefined ? [] : [" if ", of];
}

function enclosed(open: string, items: readonly Expression[], close: string, printer: Printer): void {
  printer.out.push(open);
  items.forEach((item, i) => {
    if (i > 0) printer.out.push(", ");
    print(item, printer);
  });
  printer.out.push(close);
}

function printItems(items: readonly ObjectItem[], printer: Printer): void {
  printer.out.push("{");
  items.forEach((item, i) => {
    if (i > 0) printer.out.push(", ");
    printItem(item, printer);
  });
  printer.out.push("}");
}

function printItem({ key, value }: ObjectItem, printer: Printer): void {
  if (key.kind === "name") printer.out.push(key.name.text);
  else sequence(printer, "(", key.value, ")");
  sequence(printer, " = ", value);
}

function printFor(
  e: { readonly key: string | undefined; readonly item: string; readonly collection: Expression },
  open: string,
  printer: Printer,
): void {
  const names = e.key === undefined ? e.item : `${e.key}, ${e.item}`;
  sequence(printer, `${open}for ${names} in `, e.collection, " : ");
}

function quoted(parts: readonly TemplatePart[], printer: Printer): void {
  printer.out.push('"');
  printParts(parts, printer, false);
  printer.out.push('"');
}

function printParts(parts: readonly TemplatePart[], printer: Printer, wrapped: boolean): void {
  for (const part of parts) {
    switch (part.kind) {
      case "text":
        printer.out.push(printer.masked && !isPlainWord(part.text) ? "…" : JSON.stringify(part.text).slice(1, -1));
        break;
      case "interpolation":
        if (wrapped) print(part.value, printer);
        else sequence(printer, "${", part.value, "}");
        break;
      case "if":
        sequence(printer, "%{if ", part.condition, "}");
        printParts(part.then, printer, false);
        printer.out.push("%{else}");
        printParts(part.otherwise, printer, false);
        printer.out.push("%{endif}");
        break;
      case "for":
        printFor(part, "%{", printer);
        printParts(part.body, printer, false);
        printer.out.push("%{endfor}");
        break;
    }
  }
}
