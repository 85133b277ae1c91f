import type { Span } from "../../../core/source";
import { entry, knownText, text as textOf } from "../../../core/text";
import type { Entry, MapValue, Value } from "../../../core/value";
import type { LocalPath } from "../local-path";
import { fieldOf } from "../../fields";
import { asTemplate, type Named, type Template } from "../template";
import { variables } from "./variables";

/**
 * The template that the Serverless Framework makes of a service on AWS, as far as it is written down: the resources of
 * its own, its functions with their environments, and the roles of these with their statements. Undefined for any other
 * document. (Serverless Framework documentation, "Serverless.yml Reference".)
 */
export function serviceTemplate(
  path: string,
  document: Value,
  file: (path: LocalPath, at: Span) => Value | undefined,
): Template | undefined {
  const service = fieldOf(document, "service");
  if (document.kind !== "map" || service === undefined) return undefined;
  if (service.kind === "map" && fieldOf(service, "name") === undefined) return undefined; // The values of a chart.
  const provider = fieldOf(document, "provider");
  const name = provider?.kind === "map" ? fieldOf(provider, "name") : provider;
  if (knownText(name) !== "aws") return undefined;
  const resolve = variables({ path, root: document, file });
  const parts = partsOf(document, "resources", resolve);
  const functions = partsOf(document, "functions", resolve);
  const environment = fieldOf(provider, "environment");
  const shared = environment && resolve(environment);
  const made = functions.flatMap((part) => (part.kind === "map" ? part.entries : []));
  const maps = parts.flatMap((part) => (part.kind === "map" ? [part] : []));
  const sections = ["Parameters", "Mappings", "Conditions", "Outputs"].map((section) =>
    merged(section, maps, document.at),
  );
  const own = merged("Resources", maps, document.at, [
    ...rolesOf(provider, made, resolve),
    ...made.map((entry) => functionResource(entry, shared)),
  ]);
  // Credentials are looked for in all that is written, whether it is used or not.
  const metadata = entry("Metadata", { ...document, entries: document.entries.filter(isOther) });
  const template = asTemplate(path, mapOf([...sections, own, metadata], document.at));
  const unread = [...parts, ...functions].filter((part) => part.kind !== "map");
  const makers = unread.map((value): Named => ({ name: "resources", at: value.at, value }));
  return { ...template, makers: [...template.makers, ...makers], isExtended: true };
}

function isOther({ key }: Entry): boolean {
  return key !== "resources" && key !== "functions";
}

/** A section that may be one map, or a list of maps. */
function partsOf(document: MapValue, section: string, resolve: (value: Value) => Value): readonly Value[] {
  const written = fieldOf(document, section);
  const value = written && resolve(written);
  if (value === undefined || value.kind === "null") return [];
  return value.kind === "list" ? value.items.map((item) => item.value) : [value];
}

/** The entries that the parts have in a section of a template. */
function merged(section: string, parts: readonly MapValue[], at: Span, more: readonly Entry[] = []): Entry {
  const entries = parts.flatMap((part) => {
    const value = fieldOf(part, section);
    return value?.kind === "map" ? value.entries : [];
  });
  return entry(section, mapOf([...entries, ...more], at));
}

/** The framework calls the function `send-mail` `SendDashmailLambdaFunction`. */
function idOf(name: string): string {
  const plain = name.replace(/-/g, "Dash").replace(/_/g, "Underscore");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/**
 * The role that functions have, and those of their own that `serverless-iam-roles-per-function` gives them. Statements
 * stand in `iam.role`; before version 2 of the framework, and for the plugin, in `iamRoleStatements`.
 */
function rolesOf(
  provider: Value | undefined,
  functions: readonly Entry[],
  resolve: (value: Value) => Value,
): readonly Entry[] {
  const [iam, statements] = ["iam", "iamRoleStatements"].map((section) => {
    const written = fieldOf(provider, section);
    return written && resolve(written);
  });
  return [
    ...roleResource("", fieldOf(fieldOf(iam, "role"), "statements") ?? statements),
    ...functions.flatMap(({ key, value }) => roleResource(idOf(key), fieldOf(value, "iamRoleStatements"))),
  ];
}

function roleResource(owner: string, statements: Value | undefined): readonly Entry[] {
  if (statements === undefined) return [];
  const { at } = statements;
  const document = mapOf([entry("Statement", statements)], at);
  const policies = mapOf([entry("PolicyDocument", document)], at);
  const properties = mapOf([entry("Policies", policies)], at);
  const type = entry("Type", textOf("AWS::IAM::Role", at));
  return [entry(`${owner}IamRoleLambdaExecution`, mapOf([type, entry("Properties", properties)], at))];
}

/** What a function says itself counts. */
function functionResource({ key, keyAt, value }: Entry, shared: Value | undefined): Entry {
  const id = `${idOf(key)}LambdaFunction`;
  const own = fieldOf(value, "environment");
  const variables = mapOf([entry("Variables", withShared(shared, own, keyAt))], keyAt);
  const properties = mapOf([entry("Environment", variables)], keyAt);
  const type = entry("Type", textOf("AWS::Lambda::Function", keyAt));
  return entry(id, mapOf([type, entry("Properties", properties)], keyAt));
}

/** An environment that is not known may have anything in it, also what the other one has. */
function withShared(shared: Value | undefined, own: Value | undefined, at: Span): Value {
  const environments = [shared, own].filter((one) => one !== undefined);
  const maps = environments.flatMap((one) => (one.kind === "map" ? [one] : []));
  const rest = environments.find((one) => one.kind === "unknown");
  const keys = new Set(own?.kind === "map" ? own.entries.map((one) => one.key) : []);
  const entries = maps.flatMap((one) => (one === own ? one.entries : one.entries.filter(({ key }) => !keys.has(key))));
  return { kind: "map", entries, at, ...(rest && { rest }) };
}

function mapOf(entries: readonly Entry[], at: Span): MapValue {
  return { kind: "map", entries, at };
}
