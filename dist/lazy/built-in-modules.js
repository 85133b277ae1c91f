var d=Object.defineProperty;var w=Object.getOwnPropertyDescriptor;var h=Object.getOwnPropertyNames;var x=Object.prototype.hasOwnProperty;var k=(a,e)=>{for(var l in e)d(a,l,{get:e[l],enumerable:!0})},$=(a,e,l,r)=>{if(e&&typeof e=="object"||typeof e=="function")for(let t of h(e))!x.call(a,t)&&t!==l&&d(a,t,{get:()=>e[t],enumerable:!(r=w(e,t))||r.enumerable});return a};var j=a=>$(d({},"__esModule",{value:!0}),a);var Z={};k(Z,{builtInModule:()=>V,builtInModules:()=>p,parts:()=>A});module.exports=j(Z);function o(a){return Object.entries(a).map(([e,l])=>`variable "${e}" {${l===void 0?"":` default = ${l} `}}
`).join("")}function s(a,e,l){let r=l===void 0?"":`  sensitive = true
`;return a.map(t=>`output "${t}" {
  value = ${e}
${r}}
`).join("")}function v(){return[o({create:"true",create_policy:"true",...Object.fromEntries(["name","name_prefix","path","description"].map(e=>[e,"null"])),policy:'""',tags:"{}"}),O,...["id","arn","name","path","description","policy"].map(e=>s([e],`try(aws_iam_policy.policy[0].${e}, null)`))].join("")}var O=`
resource "aws_iam_policy" "policy" {
  count       = var.create && var.create_policy ? 1 : 0
  name        = var.name
  name_prefix = var.name_prefix
  path        = var.path
  policy      = var.policy
}
`;function y(){return[S(),R,z()].join("")}function S(){let a=["create","create_user",...q,...E,"password_reset_required"],e=["force_destroy","create_ssh_key","upload_iam_user_ssh_key","create_inline_policy"],l=["path","permissions_boundary","pgp_key","password_length","access_key_status","iam_access_key_status","ssh_key_encoding","ssh_public_key","inline_policy_permissions"];return o({name:'""',...Object.fromEntries(a.map(r=>[r,"true"])),...Object.fromEntries(e.map(r=>[r,"false"])),...Object.fromEntries(l.map(r=>[r,"null"])),tags:"{}",policies:"{}",policy_arns:"[]",source_inline_policy_documents:"[]",override_inline_policy_documents:"[]"})}var q=["create_login_profile","create_iam_user_login_profile"],E=["create_access_key","create_iam_access_key"],R=`
locals {
  exists  = var.create && var.create_user
  login   = local.exists && var.create_login_profile && var.create_iam_user_login_profile
  key     = local.exists && var.create_access_key && var.create_iam_access_key
  inline  = local.exists && var.create_inline_policy
  written = var.inline_policy_permissions == null ? {} : var.inline_policy_permissions
}

resource "aws_iam_user" "this" {
  count                = local.exists ? 1 : 0
  name                 = var.name
  path                 = var.path
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_user_policy_attachment" "additional" {
  for_each   = { for name, arn in var.policies : name => arn if local.exists }
  user       = aws_iam_user.this[0].name
  policy_arn = each.value
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = { for index, arn in var.policy_arns : index => arn if local.exists }
  user       = aws_iam_user.this[0].name
  policy_arn = each.value
}

data "aws_iam_policy_document" "inline" {
  count                     = local.inline ? 1 : 0
  source_policy_documents   = var.source_inline_policy_documents
  override_policy_documents = var.override_inline_policy_documents

  dynamic "statement" {
    for_each = local.written
    content {
      sid           = try(coalesce(statement.value.sid, statement.key), null)
      effect        = lookup(statement.value, "effect", null)
      actions       = lookup(statement.value, "actions", null)
      not_actions   = lookup(statement.value, "not_actions", null)
      resources     = lookup(statement.value, "resources", null)
      not_resources = lookup(statement.value, "not_resources", null)

      dynamic "condition" {
        for_each = try(coalesce(statement.value.condition, []), [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_user_policy" "inline" {
  count  = local.inline ? 1 : 0
  name   = var.name
  user   = aws_iam_user.this[0].name
  policy = data.aws_iam_policy_document.inline[0].json
}

resource "aws_iam_user_login_profile" "this" {
  count   = local.login ? 1 : 0
  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
}

resource "aws_iam_access_key" "this" {
  count   = local.key ? 1 : 0
  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
  status  = try(coalesce(var.access_key_status, var.iam_access_key_status), null)
}
`;function z(){let a=(r,t)=>`try(${r}.this[0].${t}, null)`,e=(r,t,i)=>s([`access_key_${r}`,..._(`access_key_${r}`)],a("aws_iam_access_key",t),i),l=(r,t,i)=>{let u=[`login_profile_${r}`,..._(`user_login_profile_${r}`)];return s(u,a("aws_iam_user_login_profile",t),i)};return[s(["name",..._("user_name")],a("aws_iam_user","name")),s(["arn",..._("user_arn")],a("aws_iam_user","arn")),s(["unique_id",..._("user_unique_id")],a("aws_iam_user","unique_id")),l("password","password","sensitive"),l("encrypted_password","encrypted_password"),e("id","id"),e("status","status"),e("secret","secret","sensitive"),e("encrypted_secret","encrypted_secret"),e("ses_smtp_password","ses_smtp_password"),e("ses_smtp_password_v4","ses_smtp_password_v4","sensitive"),e("encrypted_ses_smtp_password_v4","encrypted_ses_smtp_password_v4"),s(["pgp_key"],"var.pgp_key"),s(["policy_arns"],"values(aws_iam_user_policy_attachment.this)[*].policy_arn")].join("")}function _(a){return[`iam_${a}`,`this_iam_${a}`]}var c=o({context:"{}",enabled:"null",namespace:"null",tenant:"null",environment:"null",stage:"null",name:"null",delimiter:"null",attributes:"[]",tags:"{}",additional_tag_map:"{}",label_order:"null",regex_replace_chars:"null",id_length_limit:"null",label_key_case:"null",label_value_case:"null",descriptor_formats:"{}",labels_as_tags:'["default"]'}),m=`
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
`;function g(){return[c,I,M()].join("")}var I=`
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
`;function M(){let a=["namespace","tenant","environment","stage","name"];return[s(["enabled"],"local.enabled"),s(["id"],'local.enabled ? local.id : ""'),s(["id_full"],'local.enabled ? local.full : ""'),...a.map(e=>s([e],`local.enabled ? local.labels.${e} : ""`)),s(["delimiter"],'local.enabled ? local.delimiter : ""'),s(["attributes"],"local.enabled ? local.attributes_in_case : []"),s(["label_order"],"local.order"),s(["regex_replace_chars"],"local.left_out"),s(["id_length_limit"],"local.limit"),s(["additional_tag_map"],"local.merged.additional_tag_map"),s(["context","normalized_context"],"merge(local.given, local.merged)")].join("")}function f(){return[c,o({domain:void 0,zone_id:'""',verify_domain:"false",verify_dkim:"false",create_spf_record:"false",custom_from_subdomain:"[]",custom_from_behavior_on_mx_failure:"null",custom_from_dns_record_enabled:"true",iam_permissions:'["ses:SendRawEmail"]',iam_allowed_resources:"[]",iam_access_key_max_age:"2592000",ses_group_enabled:"true",ses_group_name:'""',ses_group_path:'"/"',ses_user_enabled:"true"}),m,U,s(["ses_domain_identity_arn"],'try(aws_ses_domain_identity.ses_domain[0].arn, "")'),...["user_name","user_arn","user_unique_id","access_key_id"].map(a=>s([a],`module.ses_user.${a}`)),s(["ses_group_name"],"local.group ? local.group_name : null"),s(["secret_access_key"],"module.ses_user.secret_access_key","sensitive"),s(["ses_smtp_password"],"module.ses_user.ses_smtp_password_v4","sensitive")].join("")}var U=`
locals {
  group      = module.this.enabled && var.ses_group_enabled
  user       = module.this.enabled && var.ses_user_enabled
  group_name = var.ses_group_name == "" || var.ses_group_name == null ? module.this.id : var.ses_group_name
}

resource "aws_ses_domain_identity" "ses_domain" {
  count  = module.this.enabled ? 1 : 0
  domain = var.domain
}

data "aws_iam_policy_document" "ses_policy" {
  count = local.user || local.group ? 1 : 0
  statement {
    actions   = var.iam_permissions
    resources = concat(aws_ses_domain_identity.ses_domain[*].arn, var.iam_allowed_resources)
  }
}

resource "aws_iam_group" "ses_users" {
  count = local.group ? 1 : 0
  name  = local.group_name
  path  = var.ses_group_path
}

resource "aws_iam_group_policy" "ses_group_policy" {
  count  = local.group ? 1 : 0
  name   = module.this.id
  group  = aws_iam_group.ses_users[0].name
  policy = data.aws_iam_policy_document.ses_policy[0].json
}

resource "aws_iam_user_group_membership" "ses_user" {
  count  = local.group && local.user ? 1 : 0
  user   = module.ses_user.user_name
  groups = [aws_iam_group.ses_users[0].name]
}

module "ses_user" {
  source                 = "cloudposse/iam-system-user/aws"
  version                = "0.23.2"
  enabled                = local.user
  iam_access_key_max_age = var.iam_access_key_max_age
  context                = module.this.context
}

resource "aws_iam_user_policy" "sending_emails" {
  count  = local.user && !local.group ? 1 : 0
  name   = module.this.id
  user   = module.ses_user.user_name
  policy = data.aws_iam_policy_document.ses_policy[0].json
}
`;function b(a=1){let e=a>=1?"local.stored ? null : ":"",l="aws_iam_user.default[0]";return[c,o({create_iam_access_key:"true",iam_access_key_max_age:a>=1?"0":"2592000",ssm_enabled:"true",ssm_ses_smtp_password_enabled:"false",ssm_base_path:'"/system_user/"',permissions_boundary:"null",path:'"/"',force_destroy:"false",inline_policies:"[]",inline_policies_map:"{}",policy_arns:"[]",policy_arns_map:"{}"}),m,L,s(["user_name"],"local.user"),...["arn","unique_id"].map(r=>s([`user_${r}`],`try(${l}.${r}, "")`)),s(["ssm_enabled"],"local.stored"),s(["access_key_id"],"local.keyed ? local.key.id : null"),s(["secret_access_key"],`${e}local.keyed ? local.key.secret : ""`,"sensitive"),s(["ses_smtp_password_v4"],`${e}local.keyed ? local.key.ses_smtp_password_v4 : ""`,"sensitive"),s(["access_key_id_ssm_path"],`local.stored ? "${n("access_key_id")}" : null`),s(["secret_access_key_ssm_path"],`local.stored ? "${n("secret_access_key")}" : null`),s(["ses_smtp_password_v4_ssm_path"],`local.stored_password ? "${n("ses_smtp_password_v4")}" : null`)].join("")}function n(a){return`\${local.base}/\${local.user}/${a}`}var L=`
locals {
  enabled = module.this.enabled
  user    = try(aws_iam_user.default[0].name, "")
  keyed   = local.enabled && var.create_iam_access_key
  expires = var.iam_access_key_max_age > 0
  key     = local.expires ? one(awsutils_expiring_iam_access_key.default) : one(aws_iam_access_key.default)
  stored  = local.keyed && var.ssm_enabled
  base    = trimsuffix(var.ssm_base_path, "/")

  stored_password = local.stored && var.ssm_ses_smtp_password_enabled
}

resource "aws_iam_user" "default" {
  count                = local.enabled ? 1 : 0
  name                 = module.this.id
  path                 = var.path
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_access_key" "default" {
  count = local.keyed && !local.expires ? 1 : 0
  user  = local.user
}

resource "awsutils_expiring_iam_access_key" "default" {
  count = local.keyed && local.expires ? 1 : 0
  user  = local.user
}

resource "aws_iam_user_policy" "inline_policies" {
  for_each = local.enabled ? merge(var.inline_policies_map, { for index, text in var.inline_policies : index => text }) : {}
  user     = local.user
  policy   = each.value
}

resource "aws_iam_user_policy_attachment" "policies" {
  for_each   = local.enabled ? merge(var.policy_arns_map, { for index, arn in var.policy_arns : index => arn }) : {}
  user       = local.user
  policy_arn = each.value
}

resource "aws_ssm_parameter" "access_key_id" {
  count = local.stored ? 1 : 0
  name  = "${n("access_key_id")}"
  type  = "SecureString"
  value = local.key.id
}

resource "aws_ssm_parameter" "secret_access_key" {
  count = local.stored ? 1 : 0
  name  = "${n("secret_access_key")}"
  type  = "SecureString"
  value = local.key.secret
}

resource "aws_ssm_parameter" "ses_smtp_password_v4" {
  count = local.stored_password ? 1 : 0
  name  = "${n("ses_smtp_password_v4")}"
  type  = "SecureString"
  value = local.key.ses_smtp_password_v4
}
`;var p={"terraform-aws-modules/iam/aws//modules/iam-user":y,"terraform-aws-modules/iam/aws//modules/iam-policy":v,"cloudposse/label/null":g,"cloudposse/iam-system-user/aws":b,"cloudposse/ses/aws":f};function V(a,e){let{address:l,ref:r}=B(a),t=Object.hasOwn(p,l)?p[l]:void 0;return t&&{address:l,text:t(P(e??r))}}function B(a){let e=N.exec(a);if(e===null)return{address:a.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//,"")};let[,l="",r="",t="",i="",u]=e;return{address:`${l}/${t}/${r}${i}`,...u!==void 0&&{ref:u}}}var N=/github\.com[/:]([\w-]+)\/terraform-([a-z]+)-([\w-]+)(?:\.git)?(\/\/[\w/-]+)?(?:\?ref=(?:tags\/)?([\w.-]+))?$/;function P(a){let e=/^\s*(?:~>|=)?\s*v?(\d{1,4})\./.exec(a??"");return e===null?void 0:Number(e[1])}var A=()=>({});0&&(module.exports={builtInModule,builtInModules,parts});
