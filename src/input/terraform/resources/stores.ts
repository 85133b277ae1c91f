import { kept } from "../../../core/map";
import { concat, knownText, refOf, text } from "../../../core/text";
import type { Piece, Value } from "../../../core/value";
import { nameText, secretPrefix } from "../../settings";
import type { ResourceInstance, UnitResources } from "../modules/unit-tree";
import { account, arn, computedAs, defaultText, regionPiece, required, sameAs, unknownAttribute } from "./values";
import type { NamedSettings, ResourceType } from "./type";

const kubernetesSecrets = ["kubernetes_secret", "kubernetes_secret_v1"];

/** Where secrets are kept for others to read. What is read back in the same unit is what was put in. */
export const storeTypes: readonly ResourceType[] = [
  {
    type: "aws_ssm_parameter",
    settings(parameter) {
      const name = parameter.argument("name");
      const values = ["value", "value_wo", "insecure_value"];
      const group = stored(parameter, values, name, name === undefined ? [] : [name, parameterArn(parameter)]);
      const type = knownText(parameter.argument("type"));
      const isPlain = type === "String" || type === "StringList";
      return { ...group, place: isPlain ? "ssm-string" : "secret" };
    },
    attributes: {
      id: sameAs("name"),
      arn: parameterArn,
      value: sameAs("insecure_value", "value"),
      insecure_value: sameAs("value", "insecure_value"),
      key_id: defaultText("alias/aws/ssm"),
    },
  },
  {
    type: "data.aws_ssm_parameter",
    attributes: { id: sameAs("name"), arn: parameterArn, value: readParameter, insecure_value: readParameter },
  },
  {
    type: "aws_secretsmanager_secret",
    settings: "none",
    attributes: { id: computedAs("arn"), arn: computedAs("arn") },
  },
  {
    type: "aws_secretsmanager_secret_version",
    settings(version, unit) {
      const secret = secretOf(version, unit);
      const id = version.argument("secret_id");
      const name = secret?.argument("name") ?? secret?.argument("name_prefix") ?? id;
      const readAs = [id, secret?.attribute("name"), secret?.attribute("arn")].filter((value) => value !== undefined);
      return stored(version, ["secret_string", "secret_string_wo", "secret_binary"], name, readAs);
    },
    attributes: { arn: sameAs("secret_id", "arn") },
  },
  {
    type: "data.aws_secretsmanager_secret",
    attributes: { id: secretArn, arn: secretArn },
  },
  {
    type: "data.aws_secretsmanager_secret_version",
    attributes: { arn: sameAs("secret_id", "arn"), secret_string: readSecret, secret_binary: readSecret },
  },
  { type: "aws_secretsmanager_secret_rotation", settings: "none" },
  ...kubernetesSecrets.map((type): ResourceType => ({
    type,
    settings: "store",
    readAs: secretName,
    attributes: { metadata },
  })),
  ...[
    "kubernetes_secret_v1_data",
    "github_actions_secret",
    "github_actions_organization_secret",
    "github_actions_environment_secret",
    "github_codespaces_secret",
    "github_dependabot_secret",
    "google_secret_manager_secret_version",
    "azurerm_key_vault_secret",
    "vault_generic_secret",
    "vault_kv_secret",
    "vault_kv_secret_v2",
    "doppler_secret",
    "onepassword_item",
    "gitlab_project_variable",
    "gitlab_group_variable",
  ].map((type): ResourceType => ({ type, settings: "store" })),
  ...["github_actions_variable", "github_actions_organization_variable", "github_actions_environment_variable"].map(
    (type): ResourceType => ({
      type,
      settings: (one) => ({ ...stored(one, ["value"], one.argument("variable_name"), []), place: "environment" }),
    }),
  ),
  {
    type: "tfe_variable",
    settings(one) {
      const sensitive = one.argument("sensitive");
      const isPlain = sensitive === undefined || (sensitive.kind === "bool" && !sensitive.value);
      return {
        ...stored(one, ["value", "value_wo"], one.argument("key"), []),
        place: isPlain ? "environment" : "secret",
      };
    },
  },
  { type: "heroku_config", place: "environment" },
  ...["kubernetes_config_map", "kubernetes_config_map_v1", "kubernetes_config_map_v1_data"].map(
    (type): ResourceType => ({ type, place: "environment" }),
  ),
  // "Sensitive" is what a plan shows of it: the file is as plain as the other.
  ...["local_file", "local_sensitive_file"].map((type): ResourceType => ({ type, place: "file" })),
  { type: "aws_ssm_document", place: "document" },
  { type: "helm_release", place: "chart-values" },
];

function stored(
  instance: ResourceInstance,
  values: readonly string[],
  name: Value | undefined,
  readAs: readonly Value[],
): NamedSettings {
  return {
    kind: "store",
    name: (name && nameText(name)) ?? instance.name,
    values: values.flatMap((argument) => {
      const value = instance.argument(argument);
      const at = instance.arguments.find((one) => one.name === argument)?.at ?? instance.at;
      return value === undefined ? [] : [{ value, at }];
    }),
    readAs,
  };
}

/** A pod names a secret of its own namespace: of several that have one name, nobody knows here which it is. */
function secretName(secret: ResourceInstance, unit: UnitResources): readonly Value[] {
  const name = nameInMetadata(secret);
  const known = knownText(name);
  if (name?.kind !== "text" || known === undefined || (secretNames(unit).get(known) ?? 0) > 1) return [];
  return [concat([text(secretPrefix, name.at), name], name.at)];
}

/** How many secrets of Kubernetes have each name. */
function secretNames(unit: UnitResources): ReadonlyMap<string, number> {
  return kept(namesOfUnits, unit, () => {
    const names = new Map<string, number>();
    for (const secret of kubernetesSecrets.flatMap((type) => unit.instancesOf(type))) {
      const known = knownText(nameInMetadata(secret));
      if (known !== undefined) names.set(known, (names.get(known) ?? 0) + 1);
    }
    return names;
  });
}

const namesOfUnits = new WeakMap<UnitResources, ReadonlyMap<string, number>>();

/** The cluster adds more than the name that is written. */
function metadata(secret: ResourceInstance, attribute: string): Value {
  const { at } = secret;
  const rest = unknownAttribute(secret, attribute);
  const name = nameInMetadata(secret);
  if (name === undefined) return rest;
  const entries = [{ key: "name", keyAt: name.at, guard: [], value: name }];
  return { kind: "list", shape: "list", items: [{ guard: [], value: { kind: "map", entries, rest, at } }], at };
}

function nameInMetadata(secret: ResourceInstance): Value | undefined {
  return secret.blocks("metadata")[0]?.argument("name");
}

function parameterArn(parameter: ResourceInstance): Value {
  const name = required(parameter, "name");
  const [first] = name.kind === "text" ? name.pieces : [];
  const slash = first?.kind === "known" && first.text.startsWith("/") ? "" : "/";
  const where = { region: regionPiece(parameter), account: account(parameter) };
  return arn(parameter, "ssm", where, [`parameter${slash}`, name]);
}

function readParameter(data: ResourceInstance, attribute: string, unit: UnitResources): Value {
  const name = data.argument("name");
  const found = unit
    .instancesOf("aws_ssm_parameter")
    .find((parameter) => isSame(name, parameter.argument("name"), parameter));
  return found?.argument("value") ?? found?.argument("insecure_value") ?? unknownAttribute(data, attribute);
}

function readSecret(data: ResourceInstance, attribute: string, unit: UnitResources): Value {
  const secret = secretOf(data, unit);
  const found = unit
    .instancesOf("aws_secretsmanager_secret_version")
    .find((version) => secret !== undefined && secretOf(version, unit) === secret);
  return found?.argument(attribute) ?? unknownAttribute(data, attribute);
}

function secretArn(data: ResourceInstance, attribute: string, unit: UnitResources): Value {
  const found = managedSecret(data, unit);
  return found === undefined
    ? (data.argument("arn") ?? unknownAttribute(data, attribute, "arn"))
    : found.attribute("arn");
}

/** The secret that a version belongs to, where the unit manages it. */
function secretOf(version: ResourceInstance, unit: UnitResources): ResourceInstance | undefined {
  const id = version.argument("secret_id");
  const ref = refOf(id);
  const named = ref && unit.instance(ref.address);
  if (named?.type === "aws_secretsmanager_secret" && named.mode === "managed") return named;
  return unit.instancesOf("aws_secretsmanager_secret").find((secret) => isSame(id, secret.argument("name"), secret));
}

function managedSecret(data: ResourceInstance, unit: UnitResources): ResourceInstance | undefined {
  const name = data.argument("name") ?? data.argument("arn");
  return unit.instancesOf("aws_secretsmanager_secret").find((secret) => isSame(name, secret.argument("name"), secret));
}

/** Is it the resource's name, by reference or because both texts are made of the same parts? */
function isSame(value: Value | undefined, name: Value | undefined, resource: ResourceInstance): boolean {
  if (value === undefined) return false;
  if (refOf(value)?.address === resource.address) return true;
  const known = knownText(value);
  if (known !== undefined || name === undefined) return known !== undefined && known === knownText(name);
  return value.kind === "text" && name.kind === "text" && sameParts(value.pieces, name.pieces);
}

function sameParts(a: readonly Piece[], b: readonly Piece[]): boolean {
  const [left, right] = [a, b].map((pieces) => pieces.map(partKey));
  return left !== undefined && right !== undefined && !left.includes(undefined) && left.join("") === right.join("");
}

function partKey(piece: Piece): string | undefined {
  if (piece.kind === "known") return piece.text;
  return piece.kind === "hole" && piece.unknown.id !== undefined ? `\${${piece.unknown.id}}` : undefined;
}
