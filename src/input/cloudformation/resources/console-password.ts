import { limits } from "../../../core/limits";
import { kept, put } from "../../../core/map";
import type { Span } from "../../../core/source";
import { knownText } from "../../../core/text";
import type { Trace, Value } from "../../../core/value";
import type { Stack } from "../stack";
import { fieldOf } from "../../fields";
import type { Template } from "../template";

/** The console passwords that a parameter hands over: those of the users whose login profile refers to it. */
export function consolePasswords(parameter: string, at: Span, stack: Stack): readonly Trace[] {
  const users = kept(known, stack.template, usersByParameter).get(parameter) ?? [];
  return users.map((user) => ({
    credential: `${stack.prefix}${user}.LoginProfile`,
    form: "console-password",
    certainty: "is",
    path: { at, what: parameter },
  }));
}

const known = new WeakMap<Template, ReadonlyMap<string, readonly string[]>>();

/** Logical ids of the users with a login profile, by the names that its password is written with. */
function usersByParameter(template: Template): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { name, type, value } of template.resources.values()) {
    const properties = type === "AWS::IAM::User" ? fieldOf(value, "Properties") : undefined;
    const profile = fieldOf(properties, "LoginProfile");
    for (const parameter of new Set(profile === undefined ? [] : referencesIn(profile, 0))) {
      put(users, parameter, name);
    }
  }
  return users;
}

/** Names that stand for a value as a whole, in the branches of conditions too. A part of a password is none. */
function referencesIn(value: Value, depth: number): readonly string[] {
  if (depth > limits.depth) return [];
  if (value.kind === "list") return value.items.flatMap((item) => referencesIn(item.value, depth + 1));
  if (value.kind !== "map") return [];
  return value.entries.flatMap(({ key, value: inner }): readonly string[] => {
    if (key === "PasswordResetRequired") return [];
    const text = knownText(inner);
    if (text === undefined) return referencesIn(inner, depth + 1);
    const name = key === "Ref" ? text : key === "Fn::Sub" ? /^\$\{(\w+)\}$/.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}
