import { output, variables } from "./text";

/** The variables by which modules of Cloud Posse are named, and the call of the module that makes a name of them. */
export const contextVariables = variables({
  context: "{}",
  enabled: "null",
  namespace: "null",
  tenant: "null",
  environment: "null",
  stage: "null",
  name: "null",
  delimiter: "null",
  attributes: "[]",
  tags: "{}",
  additional_tag_map: "{}",
  label_order: "null",
  regex_replace_chars: "null",
  id_length_limit: "null",
  label_key_case: "null",
  label_value_case: "null",
  descriptor_formats: "{}",
  labels_as_tags: '["default"]',
});

export const thisLabel = `
module "this" {
  source              = "cloudposse/label/null"
  context             = var.context
  enabled             = var.enabled
  namespace           = var.namespace
  tenant              = var.tenant
  environment         = var.environment
  stage               = var.stage
  name                = var.name
  delimiter           = var.delimiter
  attributes          = var.attributes
  tags                = var.tags
  additional_tag_map  = var.additional_tag_map
  label_order         = var.label_order
  regex_replace_chars = var.regex_replace_chars
  id_length_limit     = var.id_length_limit
  label_key_case      = var.label_key_case
  label_value_case    = var.label_value_case
  descriptor_formats  = var.descriptor_formats
  labels_as_tags      = var.labels_as_tags
}
`;

/**
 * `cloudposse/label/null`, version 0.25 (2026-11-25): a name joined of labels, the given ones before those of the context.
 * The tags that it makes of the labels are left out; those that it is given are passed on.
 */
export function label(): string {
  return [contextVariables, names, outputs()].join("");
}

const names = `
locals {
  given = { for name, value in {
    enabled             = var.enabled
    namespace           = var.namespace
    tenant              = var.tenant
    environment         = var.environment
    stage               = var.stage
    name                = var.name
    delimiter           = var.delimiter
    label_order         = var.label_order
    regex_replace_chars = var.regex_replace_chars
    id_length_limit     = var.id_length_limit
    label_key_case      = var.label_key_case
    label_value_case    = var.label_value_case
  } : name => value == null ? lookup(var.context, name, null) : value }

  merged = {
    attributes         = compact(distinct(concat(try(coalescelist(var.context.attributes, []), []), var.attributes)))
    tags               = merge(lookup(var.context, "tags", {}), var.tags)
    additional_tag_map = merge(lookup(var.context, "additional_tag_map", {}), var.additional_tag_map)
    descriptor_formats = merge(lookup(var.context, "descriptor_formats", {}), var.descriptor_formats)
    labels_as_tags     = var.labels_as_tags
  }

  enabled   = local.given.enabled == null ? true : local.given.enabled
  delimiter = local.given.delimiter == null ? "-" : local.given.delimiter
  order     = try(coalescelist(local.given.label_order), ["namespace", "environment", "stage", "name", "attributes"])
  left_out  = local.given.regex_replace_chars == null ? "/[^-a-zA-Z0-9]/" : local.given.regex_replace_chars
  case      = local.given.label_value_case == null ? "lower" : local.given.label_value_case
  limit     = local.given.id_length_limit == null ? 0 : local.given.id_length_limit

  cleaned = {
    for name in ["namespace", "tenant", "environment", "stage", "name"] :
    name => local.given[name] == null ? "" : replace(local.given[name], local.left_out, "")
  }
  attributes = distinct(compact([for one in local.merged.attributes : replace(one, local.left_out, "")]))
  labels = merge(local.in_case, { attributes = join(local.delimiter, local.attributes_in_case) })
  in_case = {
    for name, text in local.cleaned :
    name => local.case == "none" ? text : local.case == "upper" ? upper(text) : local.case == "title" ? title(lower(text)) : lower(text)
  }
  attributes_in_case = [
    for text in local.attributes :
    local.case == "none" ? text : local.case == "upper" ? upper(text) : local.case == "title" ? title(lower(text)) : lower(text)
  ]

  full  = join(local.delimiter, [for name in local.order : local.labels[name] if local.labels[name] != ""])
  start = trimsuffix(substr(local.full, 0, max(0, local.limit - 5 - length(local.delimiter))), local.delimiter)
  short = substr(join("", [local.start, local.delimiter, md5(local.full)]), 0, local.limit)
  id    = local.limit == 0 ? local.full : length(local.full) > local.limit ? local.short : local.full
}
`;

function outputs(): string {
  const labels = ["namespace", "tenant", "environment", "stage", "name"];
  return [
    output(["enabled"], "local.enabled"),
    output(["id"], 'local.enabled ? local.id : ""'),
    output(["id_full"], 'local.enabled ? local.full : ""'),
    ...labels.map((name) => output([name], `local.enabled ? local.labels.${name} : ""`)),
    output(["delimiter"], 'local.enabled ? local.delimiter : ""'),
    output(["attributes"], "local.enabled ? local.attributes_in_case : []"),
    output(["label_order"], "local.order"),
    output(["regex_replace_chars"], "local.left_out"),
    output(["id_length_limit"], "local.limit"),
    output(["additional_tag_map"], "local.merged.additional_tag_map"),
    output(["context", "normalized_context"], "merge(local.given, local.merged)"),
  ].join("");
}
