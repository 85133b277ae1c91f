import { both } from "../../../core/guard";
import { optionsOf } from "../../../core/text";
import type { Value } from "../../../core/value";
import type { Evaluation } from "../evaluate/scope";
import type { BlockSource } from "./block-source";
import type { BlockInstance } from "./unit-tree";
import type { Module } from "./module-instance";

/**
 * Adds where conditions of variables and resources are false: Terraform refuses the configuration then. A `check` that
 * fails is a warning. What is not known as a whole says nothing of any value. Defaults that are not of their variable's
 * type are told, whether or not anybody asks for them.
 */
export function addRefusals({ variables, resourceGroups }: Module, { refused }: Evaluation): void {
  for (const variable of variables) if (variable.defaultAt !== undefined) variable.value();
  for (const condition of variables.flatMap((variable) => variable.validations())) refuseUnless(condition, [], refused);
  for (const { source, instances } of resourceGroups) {
    if (!source.blocks.some(hasConditions)) continue;
    for (const instance of instances()) {
      for (const block of instance.blocks("lifecycle").flatMap(conditionsIn)) {
        const condition = block.argument("condition");
        if (condition !== undefined) refuseUnless(condition, instance.guard, refused);
      }
    }
  }
}

function hasConditions({ type, blocks }: BlockSource): boolean {
  return type.text === "lifecycle" && blocks.some((block) => conditions.some((kind) => kind === block.type.text));
}

function conditionsIn(lifecycle: BlockInstance): readonly BlockInstance[] {
  return conditions.flatMap((kind) => lifecycle.blocks(kind));
}

const conditions = ["precondition", "postcondition"] as const;

function refuseUnless(condition: Value, around: BlockInstance["guard"], refused: Evaluation["refused"]): void {
  for (const { guard, value } of optionsOf(condition)) {
    const where = both(around, guard);
    if (value.kind === "bool" && !value.value && where !== undefined && where.length > 0) refused.push(where);
  }
}
