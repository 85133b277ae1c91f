import { guardText, type Guard } from "../../src/core/guard";
import { refOf, tracesOf } from "../../src/core/text";
import type { Piece, Value } from "../../src/core/value";
import { isDefault } from "../../src/model/defaults";
import type { Model, PolicySource, Resource } from "../../src/model/model";

/** Everything that a model says, a line each, to be compared with a reviewed file. */
export function modelText(model: Model): string {
  const { unit } = model;
  const lines = [
    `${unit.kind} ${unit.path === "" ? "." : unit.path} (${unit.dialect})`,
    ...model.users.flatMap((user) => [
      `user ${head(user, model)}: ${valueText(user.name)}`,
      ...optional("path", user.path),
      ...optional("tags", user.tags),
      ...optional("boundary", user.boundary),
    ]),
    ...model.groups.map((group) => `group ${head(group, model)}: ${valueText(group.name)}`),
    ...model.policies.map((one) => `policy ${head(one, model)}: ${valueText(one.name)} ${valueText(one.document)}`),
    ...model.grants.map(
      (one) => `grant ${head(one, model)}: ${one.to} ${valueText(one.holder)} ${policyText(one.policy)}`,
    ),
    ...model.rolePolicies.map((one) => `role policy ${head(one, model)}: ${valueText(one.document)}`),
    ...model.memberships.map((one) => `member ${head(one, model)}: ${valueText(one.user)} in ${valueText(one.group)}`),
    ...model.keys.flatMap((one) => [
      `key ${head(one, model)}: ${valueText(one.user)}${one.status ? ` ${valueText(one.status)}` : ""}`,
      ...optional(
        one.region !== undefined && isDefault(model, one.region.at) ? "region by default" : "region",
        one.region,
      ),
    ]),
    ...model.logins.map((one) => `login ${head(one, model)}: ${valueText(one.user)}`),
    ...model.identities.flatMap((one) => [
      `identity ${head(one, model)}: ${valueText(one.name)} ${valueText(one.arn)}`,
      ...optional("configuration set", one.configurationSet),
    ]),
    ...model.identityPolicies.map(
      (one) => `identity policy ${head(one, model)}: on ${valueText(one.identity)} ${valueText(one.document)}`,
    ),
    ...model.controlPolicies.map((one) => `control policy ${head(one, model)}: ${valueText(one.document)}`),
    ...model.controlAttachments.map(
      (one) => `control policy ${valueText(one.policy)} attached by ${head(one, model)}: ${valueText(one.target)}`,
    ),
    ...model.settings.flatMap((group) => [
      `${group.kind} ${head(group, model)}`,
      ...(group.readAs ?? []).map((one) => `  read as ${valueText(one)}`),
      ...group.settings.map((one) => `  ${one.name} = ${valueText(one.value)}${extraGuard(one.guard, group.guard)}`),
    ]),
    ...model.outputs.map((one) => `output ${one.name}${one.sensitive ? " (sensitive)" : ""}: ${valueText(one.value)}`),
    ...model.literals.map((one) => `literal ${one.kind} of ${one.secret.length} in ${one.address}, ${one.place}`),
    ...model.references.map((one) => `root by ${one.kind} in ${one.address}, ${one.place}`),
    ...model.converters.flatMap((one) => [
      `converter ${head(one, model)}: ${one.type}`,
      ...one.inputs.map((input) => `  ${valueText(input)}`),
    ]),
    ...model.gaps.flatMap((gap) => [
      `gap ${head(gap, model)}: ${gap.unknown.reason.kind} ${gap.unknown.reason.what}`,
      ...gap.inputs.map((input) => `  ${valueText(input)}`),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function head({ address, guard }: Resource, model: Model): string {
  const construct = model.constructOf(address);
  return [address, ...(construct === undefined ? [] : [`(${construct})`]), ...when(guard)].join(" ");
}

function when(guard: Guard): readonly string[] {
  return guard.length === 0 ? [] : [`when ${guardText(guard)}`];
}

function extraGuard(guard: Guard, known: Guard): string {
  const text = guardText(guard);
  return text === "" || text === guardText(known) ? "" : ` when ${text}`;
}

function optional(what: string, value: Value | undefined): readonly string[] {
  return value === undefined ? [] : [`  ${what} ${valueText(value)}`];
}

function policyText(policy: PolicySource): string {
  if (policy.kind === "managed") return valueText(policy.arn);
  return `${policy.name === undefined ? "(unnamed)" : valueText(policy.name)} ${valueText(policy.document)}`;
}

/** The value, then `@` what it is an attribute of, then `~` the credentials that run through it. */
function valueText(value: Value): string {
  const ref = refOf(value);
  const at = ref === undefined ? "" : `@${ref.address}.${ref.attribute}`;
  const scalar = value.kind === "text" || value.kind === "unknown";
  const traces = scalar
    ? tracesOf(value).map((one) => `~${one.form}${one.certainty === "may" ? "?" : ""}(${one.credential})`)
    : [];
  return [plainText(value) + at, ...traces].join(" ");
}

function plainText(value: Value): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "number":
      return String(value.value);
    case "unknown":
      return `<${value.reason.kind} ${value.reason.what}>`;
    case "text":
      return JSON.stringify(value.pieces.map(pieceText).join(""));
    case "list":
      return `[${[...value.items.map((item) => [valueText(item.value), ...when(item.guard)].join(" ")), ...(value.rest ? ["…"] : [])].join(", ")}]`;
    case "map":
      return `{${[...value.entries.map((one) => [`${one.key}: ${valueText(one.value)}`, ...when(one.guard)].join(" ")), ...(value.rest ? ["…"] : [])].join(", ")}}`;
    case "choice":
      return `(${value.options.map((one) => [valueText(one.value), ...when(one.guard)].join(" ")).join(" | ")})`;
  }
}

function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case "known":
      return piece.text;
    case "hole":
      return `\${${piece.unknown.id ?? piece.unknown.reason.what}}`;
    case "encoded":
      return `${piece.format}:${plainText(piece.value)}`;
  }
}
