import { limits } from "../../../core/limits";
import type { Source, Span } from "../../../core/source";
import { knownText, unknown } from "../../../core/text";
import type { Entry, Unknown, Value } from "../../../core/value";
import type { SettingNames } from "../../../model/credentials/setting-names";
import { once } from "../evaluate/once";
import { inModule } from "../modules/unit-context";
import { entriesIn, fieldOf, isTrue, itemsIn, textField } from "../../fields";
import { quickLook } from "./quick-look";

/** What a plan or state file says, by Terraform's JSON output format: nothing of it is worked out yet. */
export interface RecordedFile {
  readonly source: Source;
  readonly kind: "plan" | "state";
  /** By address, in the order of the file. Of a plan: as they will be; data sources as they were read. */
  readonly resources: ReadonlyMap<string, RecordedResource>;
  readonly outputs: readonly Entry[];
  /** `output_changes`: of outputs that are known in part, that part. A state has none. */
  readonly outputChanges: readonly Entry[];
  /** Root variables with their values, defaults included. A state has none. */
  readonly variables: readonly Entry[];
  /** `configuration`: expressions as constants and references. A state has none. */
  readonly configuration: Value | undefined;
  /** What a plan leaves out: changes that are deferred, what is not targeted, all that comes after an error. */
  readonly rest: Unknown | undefined;
  /** What names of settings say, for who looks into it. */
  readonly names: SettingNames;
}

/** A resource instance with what is known of its attributes. */
export interface RecordedResource {
  /** `module.mail["a"].aws_iam_user.smtp[0]`; data sources start with `data.` within their module. */
  readonly address: string;
  /** Within the module, without the key: `aws_iam_user.smtp`, `data.aws_region.here`. */
  readonly local: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** `[0]`, `["a"]`, or nothing. */
  readonly suffix: string;
  /** The module instance's address; "" is the root module. */
  readonly module: string;
  readonly values: readonly Entry[];
  /** Where `true` stands in this, the value is known after apply. */
  readonly unknowns: Value | undefined;
  /** Where `true` stands in this, the value is marked sensitive. */
  readonly marks: Value | undefined;
  /** Does the plan import it? A state does not say where its resources are from. */
  readonly isImported: boolean;
  /** The address, or the type, as the file has it. */
  readonly at: Span;
  /** All that the file says of it in one place. */
  readonly whole: Span;
}

/** Undefined where the value is neither a plan nor a state. */
export function recordedFile(source: Source, root: Value, names: SettingNames): RecordedFile | undefined {
  if (fieldOf(root, "format_version") !== undefined) return shownFile(source, root, names);
  const version = fieldOf(root, "version");
  if (version?.kind !== "number" || version.value !== 4 || fieldOf(root, "resources") === undefined) return undefined;
  const outputs = entriesIn(fieldOf(root, "outputs"));
  const matters = quickLook(source.text, names);
  const resources = byAddress(itemsIn(fieldOf(root, "resources")).filter(matters).flatMap(stateResources));
  return { ...noPlan, source, resources, outputs, names };
}

/** A state says what there is, and neither what is to be changed nor why. */
const noPlan = { kind: "state", outputChanges: [], variables: [], configuration: undefined, rest: undefined } as const;

function shownFile(source: Source, root: Value, names: SettingNames): RecordedFile | undefined {
  const changes = itemsIn(fieldOf(root, "resource_changes"));
  const planned = fieldOf(root, "planned_values");
  const values = fieldOf(root, "values");
  const prior = fieldOf(fieldOf(root, "prior_state"), "values");
  const configuration = fieldOf(root, "configuration");
  const matters = quickLook(source.text, names, configuration);
  if (planned === undefined && values === undefined && changes.length === 0 && prior === undefined) return undefined;
  if (planned === undefined && changes.length === 0 && values !== undefined) {
    const resources = byAddress(moduleResources(fieldOf(values, "root_module"), { changed: nothingChanged, matters }));
    const outputs = entriesIn(fieldOf(values, "outputs"));
    return { ...noPlan, source, resources, outputs, names };
  }
  const changed = once(() => changesByAddress(changes.filter(matters)), nothingChanged);
  const found =
    planned === undefined
      ? [...changed().values()].flatMap(changedResource)
      : moduleResources(fieldOf(planned, "root_module"), { changed, matters });
  const read = moduleResources(fieldOf(prior, "root_module"), { changed: nothingChanged, matters }).filter(
    ({ mode }) => mode === "data",
  );
  return {
    source,
    kind: "plan",
    resources: byAddress([...read, ...found]),
    outputs: entriesIn(fieldOf(planned, "outputs")),
    outputChanges: entriesIn(fieldOf(root, "output_changes")),
    variables: entriesIn(fieldOf(root, "variables")),
    configuration,
    rest: restOf(root),
    names,
  };
}

function restOf(root: Value): Unknown | undefined {
  const deferred = fieldOf(root, "deferred_changes");
  const [complete, errored] = [fieldOf(root, "complete"), fieldOf(root, "errored")];
  const isWhole = complete?.kind !== "bool" || complete.value;
  const sign = itemsIn(deferred).length > 0 ? deferred : isTrue(errored) ? errored : isWhole ? undefined : complete;
  return sign && unknown("after-apply", "the rest of the plan", sign.at);
}

function byAddress(resources: readonly RecordedResource[]): ReadonlyMap<string, RecordedResource> {
  return new Map(resources.map((resource) => [resource.address, resource]));
}

/** What is deleted is gone, and an object that was replaced before is no longer the resource. */
function changesByAddress(changes: readonly Value[]): ReadonlyMap<string, Value> {
  const known = new Map<string, Value>();
  for (const change of changes) {
    const address = textField(change, "address");
    if (address !== undefined && fieldOf(change, "deposed") === undefined) known.set(address, change);
  }
  return known;
}

interface Reading {
  /** What a plan says of the changes, by address. */
  readonly changed: () => ReadonlyMap<string, Value>;
  readonly matters: (resource: Value) => boolean;
}

const nothingChanged = (): ReadonlyMap<string, Value> => new Map();

/** A module's resources and those of the modules in it: `planned_values.root_module` and kin. */
function moduleResources(module: Value | undefined, reading: Reading, depth = 0): readonly RecordedResource[] {
  if (module === undefined || depth > limits.moduleDepth) return [];
  const address = textField(module, "address") ?? "";
  const own = itemsIn(fieldOf(module, "resources"))
    .filter(reading.matters)
    .flatMap((one) => shownResource(one, address, reading));
  return [
    ...own,
    ...itemsIn(fieldOf(module, "child_modules")).flatMap((one) => moduleResources(one, reading, depth + 1)),
  ];
}

function shownResource(shown: Value, module: string, { changed }: Reading): readonly RecordedResource[] {
  const address = textField(shown, "address");
  if (address === undefined) return [];
  const change = fieldOf(changed().get(address), "change");
  const values = entriesIn(fieldOf(shown, "values"));
  const marks = fieldOf(shown, "sensitive_values") ?? fieldOf(change, "after_sensitive");
  const [unknowns, isImported] = [fieldOf(change, "after_unknown"), fieldOf(change, "importing") !== undefined];
  return recorded(shown, { module, values, unknowns, marks, isImported });
}

/** A plan without `planned_values` has the same in its changes. */
function changedResource(changed: Value): readonly RecordedResource[] {
  const change = fieldOf(changed, "change");
  const actions = itemsIn(fieldOf(change, "actions")).map(knownText);
  if (actions.length === 1 && (actions[0] === "delete" || actions[0] === "forget")) return [];
  return recorded(changed, {
    module: textField(changed, "module_address") ?? "",
    values: entriesIn(fieldOf(change, "after")),
    unknowns: fieldOf(change, "after_unknown"),
    marks: fieldOf(change, "after_sensitive"),
    isImported: fieldOf(change, "importing") !== undefined,
  });
}

type Found = Pick<RecordedResource, "module" | "values" | "unknowns" | "marks" | "isImported">;

function recorded(shown: Value, found: Found): readonly RecordedResource[] {
  const type = textField(shown, "type");
  const name = textField(shown, "name");
  if (type === undefined || name === undefined) return [];
  const at = (fieldOf(shown, "address") ?? fieldOf(shown, "type") ?? shown).at;
  const mode = textField(shown, "mode") === "data" ? "data" : "managed";
  return [placed({ mode, type, name, suffix: suffixOf(fieldOf(shown, "index")), at, whole: shown.at, ...found })];
}

/** `terraform.tfstate`: a resource with its instances. An object that was replaced is no longer the resource. */
function stateResources(resource: Value): readonly RecordedResource[] {
  const type = textField(resource, "type");
  const name = textField(resource, "name");
  if (type === undefined || name === undefined) return [];
  const mode = textField(resource, "mode") === "data" ? "data" : "managed";
  const module = textField(resource, "module") ?? "";
  const at = (fieldOf(resource, "name") ?? resource).at;
  return itemsIn(fieldOf(resource, "instances"))
    .filter((instance) => fieldOf(instance, "deposed") === undefined)
    .map((instance) => {
      const values = entriesIn(fieldOf(instance, "attributes"));
      const suffix = suffixOf(fieldOf(instance, "index_key"));
      return placed({
        mode,
        type,
        name,
        suffix,
        module,
        values,
        unknowns: undefined,
        marks: undefined,
        isImported: false,
        at,
        whole: instance.at,
      });
    });
}

function placed(found: Omit<RecordedResource, "address" | "local">): RecordedResource {
  const local = `${found.mode === "data" ? "data." : ""}${found.type}.${found.name}`;
  return { ...found, local, address: inModule(found.module, local + found.suffix) };
}

function suffixOf(key: Value | undefined): string {
  if (key?.kind === "number") return `[${key.value}]`;
  const text = knownText(key);
  return text === undefined ? "" : `[${JSON.stringify(text)}]`;
}

/** Is the value of an output or variable marked sensitive? */
export function isSensitive(declared: Value): boolean {
  return isTrue(fieldOf(declared, "sensitive"));
}
