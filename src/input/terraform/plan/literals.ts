import { always } from "../../../core/guard";
import { limits } from "../../../core/limits";
import { unknown } from "../../../core/text";
import type { Entry, Item, Piece, Value } from "../../../core/value";
import type { CredentialLiteral } from "../../../model/model";
import type { SettingNames } from "../../../model/credentials/setting-names";
import { literalsIn, type LiteralPlace, type Literals } from "../../literals";
import { settingsIn } from "../../settings";
import type { ResourceInstance } from "../modules/unit-tree";
import { inModule } from "../modules/unit-context";
import { isLocalEndpoint } from "../unit-literals";
import { originsOf } from "./blocks";
import { constantOf, referencesIn } from "./configuration";
import { entriesIn, fieldOf, itemsIn, textField } from "../../fields";
import { isExpression } from "./merged";
import { quickLook } from "./quick-look";
import type { RecordedFile } from "./record";
import type { RecordedUnit } from "./unit";

/**
 * The credentials that a plan or state has: constants of the configuration, variables' values, and what else stands in
 * the values of resources. What the file's own resources make is no literal.
 */
export function literalsOfRecorded(unit: RecordedUnit): Literals {
  const { file, tree } = unit;
  const { configuration, names } = file;
  const written = joined([
    ...providers(configuration, names),
    ...modules(fieldOf(configuration, "root_module"), {
      address: "",
      depth: 0,
      matters: quickLook(file.source.text, names),
      names,
    }),
  ]);
  const given = joined(ofVariables(file));
  const values = joined(tree.instances().map((instance) => ofInstance(instance, unit)));
  // What is written, or given, once stands in as many values as refer to it.
  const ofNames = [...written.literals, ...besides(given.literals, written.literals)];
  return {
    literals: [...ofNames, ...besides(values.literals, ofNames)],
    references: [...written.references, ...given.references, ...values.references],
  };
}

function joined(found: readonly Literals[]): Literals {
  return {
    literals: found.flatMap((one) => one.literals),
    references: found.flatMap((one) => one.references),
  };
}

/** Literals that are not among others; a file with more of these than a limit is compared with the first. */
export function besides(
  literals: readonly CredentialLiteral[],
  others: readonly CredentialLiteral[],
): readonly CredentialLiteral[] {
  const known = others.slice(0, limits.options);
  return literals.filter(({ secret }) => !known.some((one) => one.secret.equals(secret)));
}

/** Credentials among the values of a plan's variables. */
export function literalsOfVariables(file: RecordedFile): readonly CredentialLiteral[] {
  return ofVariables(file).flatMap(({ literals }) => literals);
}

function ofVariables({ variables, names }: RecordedFile): readonly Literals[] {
  return variables.map(({ key, keyAt, value }) =>
    ofVariable(key, keyAt, fieldOf(value, "value"), { address: "", names }),
  );
}

const nothing: Literals = { literals: [], references: [] };

function look(value: Value, place: Pick<LiteralPlace, "address" | "names">): Literals {
  return literalsIn(settingsIn(value, { nameAt: value.at }), { ...place, profiles: false });
}

/** A place in a module, or the root module, whose address is "". */
type InModule = Pick<Within, "address" | "names">;

function ofVariable(name: string, keyAt: Entry["keyAt"], value: Value | undefined, module: InModule): Literals {
  return ofNamed(`var.${name}`, { key: name, keyAt, guard: always }, value, module);
}

/** What is known by a name of its own is a setting with that name. */
function ofNamed(
  local: string,
  entry: Omit<Entry, "value">,
  value: Value | undefined,
  { address, names }: InModule,
): Literals {
  if (value === undefined) return nothing;
  return look(
    { kind: "map", entries: [{ ...entry, value }], at: entry.keyAt },
    { address: inModule(address, local), names },
  );
}

function providers(configuration: Value | undefined, names: SettingNames): readonly Literals[] {
  return entriesIn(fieldOf(configuration, "provider_config")).flatMap(({ value }) => {
    const written = writtenIn(fieldOf(value, "expressions"), 0);
    // LocalStack takes any credentials: these open nothing.
    if (written === undefined || isLocalEndpoint(written)) return [];
    const name = textField(value, "name") ?? "";
    const address = `provider.${name}`;
    return [literalsIn(settingsIn(written, { nameAt: written.at, name: address }), { address, profiles: true, names })];
  });
}

interface Within {
  /** Of the module, without keys: each constant is written once. */
  readonly address: string;
  readonly depth: number;
  readonly matters: (resource: Value) => boolean;
  readonly names: SettingNames;
}

/** The constants of a module and of those that it calls. */
function modules(module: Value | undefined, within: Within): readonly Literals[] {
  const { address, depth, matters, names } = within;
  if (module === undefined || depth > limits.moduleDepth) return [];
  const listed = itemsIn(fieldOf(module, "resources")).filter(matters);
  const resources = listed.flatMap((resource) => {
    const place = { address: inModule(address, textField(resource, "address") ?? ""), names };
    const expressions = [resource, ...itemsIn(fieldOf(resource, "provisioners"))].map((one) =>
      fieldOf(one, "expressions"),
    );
    return [...expressions, fieldOf(resource, "for_each_expression")].map((one) => ofExpressions(one, place));
  });
  const calls = entriesIn(fieldOf(module, "module_calls")).flatMap(({ key, value }) => {
    const inner = inModule(address, `module.${key}`);
    const expressions = [fieldOf(value, "expressions"), fieldOf(value, "for_each_expression")];
    const own = expressions.map((one) => ofExpressions(one, { address: inner, names }));
    return [...own, ...modules(fieldOf(value, "module"), { ...within, address: inner, depth: depth + 1 })];
  });
  const defaults = entriesIn(fieldOf(module, "variables")).map(({ key, keyAt, value }) =>
    ofVariable(key, keyAt, fieldOf(value, "default"), within),
  );
  const outputs = entriesIn(fieldOf(module, "outputs")).map(({ key, keyAt, value }) => {
    const constant = constantOf(fieldOf(value, "expression"));
    return ofNamed(`output.${key}`, { key, keyAt, guard: always }, constant, within);
  });
  return [...resources, ...calls, ...defaults, ...outputs];
}

function ofExpressions(expressions: Value | undefined, place: InModule): Literals {
  const written = writtenIn(expressions, 0);
  return written === undefined ? nothing : look(written, place);
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

/** Values that are no constants of the configuration: put together by functions, from locals, or of a state. */
function ofInstance(instance: ResourceInstance, { file, expression }: RecordedUnit): Literals {
  if (instance.mode === "data") return nothing; // It is somebody else's: it is reported where it is written.
  const entries = instance.arguments.flatMap(({ name, at }): readonly Entry[] => {
    const argument = instance.argument(name);
    const value =
      argument && notWritten(argument, file.kind === "plan" ? expression(instance.address, name) : undefined, 0);
    return value === undefined ? [] : [{ key: name, keyAt: at, guard: always, value }];
  });
  if (entries.length === 0) return nothing;
  return look({ kind: "map", entries, at: instance.at }, { address: instance.address, names: file.names });
}

/** The value without what is a constant, and without credentials that the file's own resources make. */
function notWritten(value: Value, expression: Value | undefined, depth: number): Value | undefined {
  if (depth > limits.depth) return undefined;
  if (expression !== undefined && isExpression(expression)) {
    return constantOf(expression) === undefined ? notWritten(value, undefined, depth) : undefined;
  }
  switch (value.kind) {
    case "text":
      return { ...value, pieces: value.pieces.map(withoutTraced) };
    case "list": {
      const origins = expression && originsOf(itemsIn(value), itemsIn(expression));
      const items = value.items.flatMap((item, i): readonly Item[] => {
        const { blocks: [block] = [], isSure = false } = origins?.[i] ?? {};
        const inner = notWritten(item.value, isSure ? block : undefined, depth + 1);
        return inner === undefined ? [] : [{ ...item, value: inner }];
      });
      return items.length === 0 ? undefined : { ...value, items };
    }
    case "map": {
      const entries = value.entries.flatMap((entry): readonly Entry[] => {
        const inner = notWritten(entry.value, fieldOf(expression, entry.key), depth + 1);
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

function withoutTraced(piece: Piece): Piece {
  if (piece.kind !== "known" || piece.traces.length === 0) return piece;
  return { kind: "hole", unknown: unknown("after-apply", "a credential", piece.at, { traces: piece.traces }) };
}
