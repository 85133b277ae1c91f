import { always } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { unknown } from "../../../core/text";
import type { Entry, Item, Piece, Value } from "../../../core/value";
import type { CredentialLiteral } from "../../../model/model";
import { literalsIn, type Literals } from "../../literals";
import { settingsIn } from "../../settings";
import type { ResourceInstance } from "../modules/instance";
import { inModule } from "../modules/unit-context";
import { constantOf, referencesIn } from "./configuration";
import { entriesIn, field, itemsIn, textField } from "./fields";
import { isExpression } from "./merged";
import { quickLook } from "./quick-look";
import type { RecordedFile } from "./record";
import type { RecordedUnit } from "./unit";

/**
 * The credentials that are written in what a plan or state was made of: variables, constants of the configuration, and
 * values that are put together of neither. What the file's own resources make is no literal.
 */
export function literalsOfRecorded(unit: RecordedUnit): Literals {
  const { file, tree } = unit;
  const found = [
    ...file.variables.map(({ key, keyAt, value }) => ofVariable(key, keyAt, field(value, "value"))),
    ...providers(file.configuration),
    ...modules(field(file.configuration, "root_module"), {
      address: "",
      depth: 0,
      matters: quickLook(file.source.text),
    }),
    ...tree.instances.map((instance) => ofInstance(instance, unit)),
  ];
  return {
    literals: found.flatMap((one) => one.literals),
    references: found.flatMap((one) => one.references),
  };
}

/** Those among the values of a plan's variables. */
export function literalsOfVariables(file: RecordedFile): readonly CredentialLiteral[] {
  return file.variables.flatMap(({ key, keyAt, value }) => ofVariable(key, keyAt, field(value, "value")).literals);
}

const nothing: Literals = { literals: [], references: [] };

function look(value: Value, address: string, profiles = false, name?: string): Literals {
  const start = { nameAt: value.at, ...(name !== undefined && { name }) };
  return literalsIn(settingsIn(value, start), { address, profiles });
}

function ofVariable(name: string, keyAt: Entry["keyAt"], value: Value | undefined, module = ""): Literals {
  if (value === undefined) return nothing;
  const entries = [{ key: name, keyAt, guard: always, value }];
  return look({ kind: "map", entries, at: keyAt }, inModule(module, `var.${name}`));
}

function providers(configuration: Value | undefined): readonly Literals[] {
  return entriesIn(field(configuration, "provider_config")).flatMap(({ value }) => {
    const written = writtenIn(field(value, "expressions"), 0);
    // LocalStack takes any credentials: these open nothing.
    if (written === undefined || isLocal(written)) return [];
    const name = textField(value, "name") ?? "";
    return [look(written, `provider.${name}`, true, `provider.${name}`)];
  });
}

function isLocal(value: Value): boolean {
  if (value.kind === "map") return value.entries.some((entry) => isLocal(entry.value));
  if (value.kind === "list") return value.items.some((item) => isLocal(item.value));
  const [piece] = value.kind === "text" ? value.pieces : [];
  return (
    piece?.kind === "known" &&
    /^https?:\/\/(?:localhost|127\.0\.0\.1|localstack|host\.docker\.internal)\b/.test(piece.text)
  );
}

interface Within {
  /** Of the module, without keys: each constant is written once. */
  readonly address: string;
  readonly depth: number;
  readonly matters: (resource: Value) => boolean;
}

/** The constants of a module and of those that it calls. */
function modules(module: Value | undefined, { address, depth, matters }: Within): readonly Literals[] {
  if (module === undefined || depth > limits.moduleDepth) return [];
  const listed = itemsIn(field(module, "resources")).filter(matters);
  const resources = listed.map((resource) => {
    const local = textField(resource, "address") ?? "";
    return ofExpressions(field(resource, "expressions"), inModule(address, local));
  });
  const calls = entriesIn(field(module, "module_calls")).flatMap(({ key, value }) => {
    const inner = inModule(address, `module.${key}`);
    const own = ofExpressions(field(value, "expressions"), inner);
    return [own, ...modules(field(value, "module"), { address: inner, depth: depth + 1, matters })];
  });
  const defaults = entriesIn(field(module, "variables")).map(({ key, keyAt, value }) =>
    // The root module's are among the values of the variables.
    address === "" ? nothing : ofVariable(key, keyAt, field(value, "default"), address),
  );
  const outputs = entriesIn(field(module, "outputs")).map(({ key, keyAt, value }) => {
    const constant = constantOf(field(value, "expression"));
    if (constant === undefined) return nothing;
    const entries = [{ key, keyAt, guard: always, value: constant }];
    return look({ kind: "map", entries, at: keyAt }, inModule(address, `output.${key}`));
  });
  return [...resources, ...calls, ...defaults, ...outputs];
}

function ofExpressions(expressions: Value | undefined, address: string): Literals {
  const written = writtenIn(expressions, 0);
  return written === undefined ? nothing : look(written, address);
}

/** Expressions with their constants, and what they refer to under its own name: what a block is as it is written. */
function writtenIn(expression: Value | undefined, depth: number): Value | undefined {
  if (expression === undefined || depth > limits.depth) return undefined;
  const constant = constantOf(expression);
  if (constant !== undefined) return constant;
  if (isExpression(expression)) {
    const [id = "an expression"] = referencesIn(expression);
    return unknown("unsupported", id, expression.at, { id });
  }
  if (expression.kind === "list") {
    const items = itemsIn(expression).flatMap((item): readonly Item[] => {
      const value = writtenIn(item, depth + 1);
      return value === undefined ? [] : [{ guard: always, value }];
    });
    return { ...expression, items };
  }
  if (expression.kind !== "map") return undefined;
  const entries = expression.entries.flatMap((entry): readonly Entry[] => {
    const value = writtenIn(entry.value, depth + 1);
    return value === undefined ? [] : [{ ...entry, value }];
  });
  return { ...expression, entries };
}

/** Values that constants and variables do not account for: put together by functions, from locals, or of a state. */
function ofInstance(instance: ResourceInstance, { file, expression }: RecordedUnit): Literals {
  if (instance.mode === "data") return nothing; // It is somebody else's: whoever wrote it there is told there.
  const entries = instance.arguments.flatMap(({ name, at }): readonly Entry[] => {
    const argument = instance.argument(name);
    const value =
      argument && notWritten(argument, file.kind === "plan" ? expression(instance.address, name) : undefined, 0);
    return value === undefined ? [] : [{ key: name, keyAt: at, guard: always, value }];
  });
  return entries.length === 0 ? nothing : look({ kind: "map", entries, at: instance.at }, instance.address);
}

/** The value without what is a constant or a variable, and without credentials that the file's own resources make. */
function notWritten(value: Value, expression: Value | undefined, depth: number): Value | undefined {
  if (depth > limits.depth) return undefined;
  if (isExpression(expression)) {
    const isElsewhere = constantOf(expression) !== undefined || referencesIn(expression).some(isVariable);
    return isElsewhere ? undefined : notWritten(value, undefined, depth);
  }
  switch (value.kind) {
    case "text":
      return { ...value, pieces: value.pieces.map(withoutTraced) };
    case "list": {
      const items = value.items.flatMap((item, i): readonly Item[] => {
        const inner = notWritten(item.value, itemsIn(expression)[i], depth + 1);
        return inner === undefined ? [] : [{ ...item, value: inner }];
      });
      return items.length === 0 ? undefined : { ...value, items };
    }
    case "map": {
      const entries = value.entries.flatMap((entry): readonly Entry[] => {
        const inner = notWritten(entry.value, field(expression, entry.key), depth + 1);
        return inner === undefined ? [] : [{ ...entry, value: inner }];
      });
      return entries.length === 0 ? undefined : { ...value, entries };
    }
    case "choice":
    case "null":
    case "bool":
    case "number":
    case "unknown":
      return value;
  }
}

function isVariable(name: string): boolean {
  return name.startsWith("var.");
}

function withoutTraced(piece: Piece): Piece {
  if (piece.kind !== "known" || piece.traces.length === 0) return piece;
  return { kind: "hole", unknown: unknown("after-apply", "a credential", piece.at, { traces: piece.traces }) };
}
