import { choose } from "../../../core/choice";
import { negate } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { unknown } from "../../../core/text";
import type { Value } from "../../../core/value";
import { mentions } from "../evaluate/mentions";
import { sameWhen } from "../functions/same-when";
import type { Expression } from "../parse/syntax";
import { sourceKind } from "./call-source";
import { constantSource } from "./block-source";
import type { ModuleSource } from "./module-source";
import { enabledIn } from "./repetition";
import { undecidedBool, type Type } from "./type-constraint";

/**
 * The variables of a module that say how often something is there: those in `count`, `for_each` and `enabled`, through
 * locals and through what is handed to modules of the input. Each module is looked through once; one that calls itself
 * hands nothing.
 */
export function togglesIn(
  source: ModuleSource,
  load: (dir: string) => ModuleSource | undefined,
  known = new Map<string, ReadonlySet<string>>(),
  depth = 0,
): ReadonlySet<string> {
  const before = known.get(source.dir);
  if (before !== undefined) return before;
  const toggles = new Set<string>();
  known.set(source.dir, toggles);
  const open = counted(source);
  for (const call of source.calls.values()) {
    const where = sourceKind(constantSource(call), source.dir);
    const called = where.kind === "local" && depth < limits.moduleDepth ? load(where.dir) : undefined;
    if (called === undefined) continue; // What it makes is not in the input.
    for (const name of togglesIn(called, load, known, depth + 1)) {
      const argument = call.attributes.get(name);
      if (argument !== undefined) open.push(argument.value);
    }
  }
  const seen = new Set<Expression>();
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    for (const mentioned of mentions(e)) {
      const [root, name = ""] = mentioned.split(".");
      const local = root === "local" ? source.locals.get(name) : undefined;
      if (root === "var" && name !== "") toggles.add(name);
      if (local !== undefined) open.push(local.value);
    }
  }
  return toggles;
}

function counted({ resources, calls }: ModuleSource): Expression[] {
  return [...resources.values(), ...calls.values()].flatMap((source) =>
    [source.attributes.get("count"), source.attributes.get("for_each"), enabledIn(source)].flatMap(
      (attribute) => attribute?.value ?? [],
    ),
  );
}

/**
 * A library's variable that says how often something is there: what it is by default, or what a caller sets. It is asked
 * about under the same guard as a condition that compares it with its default. What is there by default stays as it is.
 */
export function asToggle(byDefault: Value, type: Type, address: string): Value {
  const { at } = byDefault;
  if (byDefault.kind === "bool") return undecidedBool(address, at);
  const given = unknown("no-default", address, at, { id: address });
  switch (byDefault.kind) {
    case "list":
    case "map": {
      const parts = byDefault.kind === "list" ? byDefault.items : byDefault.entries;
      return parts.length === 0 && byDefault.rest === undefined ? given : byDefault;
    }
    case "number":
      if (byDefault.value !== 0) return byDefault;
      break;
    case "null":
    case "text":
      break;
    case "unknown":
    case "choice":
      return byDefault;
  }
  const isDefault = sameWhen(given, byDefault);
  if (isDefault === undefined) return byDefault;
  const other = byDefault.kind === "null" && type.kind === "bool" ? undecidedBool(address, at) : given;
  const options = negate(isDefault).map((guard) => ({ guard, value: other }));
  return choose([{ guard: isDefault, value: byDefault }, ...options], at);
}
