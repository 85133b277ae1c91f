import { limits } from "../../../core/limits";
import { kept, put } from "../../../core/map";
import { knownText } from "../../../core/text";
import type { Value } from "../../../core/value";
import { entriesIn, fieldOf } from "../../fields";
import { constantOf } from "./configuration";

/** The blocks of a configuration that a value may be made of. */
interface Origin {
  /** None where they are more than a limit allows. */
  readonly blocks: readonly Value[];
  /** It is the only block, and makes nothing else. */
  readonly isSure: boolean;
}

/**
 * The blocks that each of the values may be made of. A plan has blocks in the order of the source, and values in that of
 * their type: a set's are sorted, and those of `dynamic` blocks, which the configuration leaves out, stand among them. So
 * a block's are those that have its constants.
 */
export function originsOf(values: readonly Value[], blocks: readonly Value[]): readonly Origin[] {
  if (values.length === 1 && blocks.length === 1) return [{ blocks, isSure: true }];
  const forms = formsOf(blocks);
  const found = values.map((value) => fittingIn(forms, value));
  const counts = new Map<Value, number>();
  for (const block of found.flat()) counts.set(block, (counts.get(block) ?? 0) + 1);
  return found.map((fitting) => {
    const [only] = fitting;
    return { blocks: fitting, isSure: only !== undefined && fitting.length === 1 && counts.get(only) === 1 };
  });
}

/** Blocks whose constants have the same names. */
interface Form {
  readonly names: readonly string[];
  readonly byConstants: Map<string, Value[]>;
}

function fittingIn(forms: readonly Form[], value: Value): readonly Value[] {
  if (forms.length > limits.options) return [];
  const fitting = forms.map((form) => form.byConstants.get(keyOf(form.names, (name) => fieldOf(value, name))) ?? []);
  const count = fitting.reduce((sum, some) => sum + some.length, 0);
  return count > limits.options ? [] : fitting.flat();
}

function formsOf(blocks: readonly Value[]): readonly Form[] {
  const forms = new Map<string, Form>();
  for (const block of blocks) {
    const constants = entriesIn(block).filter(({ value }) => scalarOf(constantOf(value)) !== undefined);
    const names = constants.map(({ key }) => key).sort();
    const form = kept(forms, JSON.stringify(names), () => ({ names, byConstants: new Map() }));
    const key = keyOf(names, (name) => constantOf(fieldOf(block, name)));
    put(form.byConstants, key, block);
  }
  return [...forms.values()];
}

function keyOf(names: readonly string[], value: (name: string) => Value | undefined): string {
  return JSON.stringify(names.map((name) => scalarOf(value(name)) ?? null));
}

/** As text: an argument that is one is written as a number, too. Lists may be sets, and providers fill in what is null. */
function scalarOf(value: Value | undefined): string | undefined {
  if (value?.kind === "bool") return String(value.value);
  if (value?.kind === "number") return value.digits ?? String(value.value);
  return knownText(value);
}
