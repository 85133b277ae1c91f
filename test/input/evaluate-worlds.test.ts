import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Guard } from "../../src/core/guard";
import { charactersOf } from "../../src/core/encode";
import type { Value } from "../../src/core/value";
import { projectOf } from "./modules";
import { valueText } from "./project-text";

/** What the variables are in one of the worlds that are left open. */
type World = Readonly<Record<"var.a" | "var.b" | "var.s", string>>;

const worlds: readonly World[] = ["true", "false"].flatMap((a) =>
  ["true", "false"].flatMap((b) => ["p", "q", "r"].map((s) => ({ "var.a": a, "var.b": b, "var.s": s }))),
);

const declared = 'variable "a" { type = bool }\nvariable "b" { type = bool }\nvariable "s" { type = string }\n';

/** Expressions over the variables, of every construct that makes, carries or asks for choices. */
const expression = fc.letrec<{ text: string; bool: string; list: string; map: string }>((tie) => ({
  bool: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("var.a", "var.b", "true", "false", '(var.s == "p")', '(var.s != "q")', '("x" == var.s)'),
    tie("bool").map((x) => `!${x}`),
    fc
      .tuple(tie("bool"), fc.constantFrom("&&", "||", "==", "!="), tie("bool"))
      .map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc.tuple(tie("list"), tie("text")).map(([list, x]) => `contains(${list}, ${x})`),
    tie("list").map((list) => `(length(${list}) > 1)`),
    fc.tuple(tie("text"), tie("text")).map(([x, y]) => `(${x} == ${y})`),
  ),
  text: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom('"x"', '"p"', "var.s", '"${var.s}"', '"y-${var.s}"'),
    fc.tuple(tie("bool"), tie("text"), tie("text")).map(([c, x, y]) => `(${c} ? ${x} : ${y})`),
    fc.tuple(tie("text"), tie("text")).map(([x, y]) => `"\${${x}}/\${${y}}"`),
    fc.tuple(tie("bool"), tie("text")).map(([c, x]) => `"%{ if ${c} }\${${x}}%{ else }no%{ endif }"`),
    tie("list").map((list) => `join("+", ${list})`),
    tie("list").map((list) => `"%{ for x in ${list} }<\${x}>%{ endfor }"`),
    fc.tuple(tie("list"), fc.nat(2)).map(([list, i]) => `try(${list}[${i}], "none")`),
    fc.tuple(tie("map"), tie("text")).map(([map, key]) => `lookup(${map}, ${key}, "default")`),
    fc.tuple(tie("map"), tie("text")).map(([map, key]) => `try(${map}[${key}], "default")`),
  ),
  list: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("[]", '["p"]', '["x", "q"]'),
    fc.array(tie("text"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc.tuple(tie("bool"), tie("list"), tie("list")).map(([c, x, y]) => `(${c} ? ${x} : ${y})`),
    fc.tuple(tie("list"), tie("list")).map(([x, y]) => `concat(${x}, ${y})`),
    fc.tuple(tie("list"), tie("bool")).map(([list, c]) => `[for x in ${list} : "\${x}!" if ${c}]`),
    tie("list").map((list) => `[for i, x in ${list} : "\${i}\${x}" if x != "p"]`),
    tie("list").map((list) => `tolist(toset(${list}))`),
    tie("map").map((map) => `[for k, v in ${map} : "\${k}=\${v}"]`),
    fc.tuple(tie("text"), tie("bool")).map(([x, c]) => `(${c} ? ${x} : null)[*]`),
  ),
  map: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("{}", '{ p = "1", q = "2" }'),
    fc.tuple(tie("text"), tie("text")).map(([k, v]) => `{ (${k}) = ${v}, z = "z" }`),
    fc.tuple(tie("bool"), tie("map"), tie("map")).map(([c, x, y]) => `(${c} ? ${x} : ${y})`),
    fc.tuple(tie("map"), tie("map")).map(([x, y]) => `merge(${x}, ${y})`),
    tie("list").map((list) => `{ for i, x in ${list} : "\${i}\${x}" => upper(x) }`),
    tie("map").map((map) => `{ for k, v in ${map} : k => v if k != "z" }`),
  ),
}));

function valueIn(text: string, world?: World): Value {
  const assigned = Object.entries(world ?? {}).map(([name, value]) => assignment(name, value));
  const sources = [
    { path: "main.tf", text: `terraform {\n  backend "s3" {}\n}\n${declared}output "o" {\n  value = ${text}\n}\n` },
    { path: "terraform.tfvars", text: assigned.join("\n") },
  ];
  const [output] = projectOf(sources).units[0]?.outputs ?? [];
  assert.ok(output);
  return output.value();
}

function assignment(name: string, value: string): string {
  return `${name.slice("var.".length)} = ${value === "true" || value === "false" ? value : JSON.stringify(value)}`;
}

/** May the guard hold in a world? One over a condition of its own, which is not a variable, may. */
function mayHold(guard: Guard, world: World): boolean {
  return guard.every((atom) => {
    if (atom.kind === "any") return atom.of.some((one) => mayHold(one, world));
    const value = Object.entries(world).find(([name]) => name === atom.on)?.[1];
    return value === undefined || (value === atom.is) === atom.positive;
  });
}

/** Can a value that is left open be the known one in a world? */
function canBe(open: Value, known: Value, world: World): boolean {
  if (open.kind === "unknown") return true;
  if (open.kind === "choice") {
    return open.options.some((option) => mayHold(option.guard, world) && canBe(option.value, known, world));
  }
  if (open.kind === "text") {
    const characters = charactersOf(open);
    return known.kind === "text" && (characters === undefined || characters === charactersOf(known));
  }
  if (open.kind === "list") return known.kind === "list" && canBeList(open, known, world);
  if (open.kind === "map") {
    return (
      known.kind === "map" &&
      known.entries.every((entry) => {
        const found = open.entries.filter((one) => one.key === entry.key && mayHold(one.guard, world));
        return open.rest !== undefined || found.some((one) => canBe(one.value, entry.value, world));
      })
    );
  }
  if (open.kind === "null") return known.kind === "null";
  return open.kind === known.kind && "value" in known && open.value === known.value;
}

type List = Extract<Value, { kind: "list" }>;

/** Items whose guard only may hold can be left out. A rest can be anywhere. */
function canBeList(open: List, known: List, world: World): boolean {
  if (open.rest !== undefined) return true;
  let reached = new Set([0]);
  for (const item of open.items) {
    if (!mayHold(item.guard, world)) continue;
    const next = new Set<number>();
    for (const at of reached) {
      const wanted = known.items[at];
      if (wanted !== undefined && canBe(item.value, wanted.value, world)) next.add(at + 1);
      if (item.guard.length > 0) next.add(at);
    }
    reached = next;
  }
  return reached.has(known.items.length);
}

describe("values that are left open", () => {
  for (const kind of ["text", "bool", "list", "map"] as const) {
    it(`a ${kind} can be what it is in every world, and nothing is an error in one only`, () => {
      fc.assert(
        fc.property(expression[kind], (text) => {
          const open = valueIn(text);
          for (const world of worlds) {
            const known = valueIn(text, world);
            if (valueText(known).includes("<invalid")) continue; // Terraform refuses that world.
            assert.ok(
              canBe(open, known, world),
              `${text}\nis ${valueText(open)}\nbut in ${JSON.stringify(world)} it is ${valueText(known)}`,
            );
          }
        }),
        { numRuns: 40 },
      );
    });
  }
});
