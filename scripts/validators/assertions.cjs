// What the validators miss and code scanning trips over: node assertions.cjs FILE
// Prints each broken promise and exits 1 where there is one.
const { readFileSync } = require("node:fs");

const [, , path] = process.argv;
const text = readFileSync(path, "utf8");
const problems = [];
const check = (holds, problem) => {
  if (!holds) problems.push(problem);
};

check(!text.startsWith("\ufeff"), "a byte order mark");
check(Buffer.byteLength(text) < 500_000_000, "too large");
const log = JSON.parse(text);
check(log.version === "2.1.0" && log.runs.length === 1, "not one run of SARIF 2.1.0");
const [run] = log.runs;
const { rules } = run.tool.driver;

for (const rule of rules) {
  const { tags = [], precision } = rule.properties ?? {};
  const severity = rule.properties?.["security-severity"];
  check(/^\d{1,2}\.\d$/.test(severity), `${rule.id}: security-severity is no number in a string`);
  check(severity > 0 && severity <= 10 && Number(severity) !== 9, `${rule.id}: security-severity out of range`);
  check(["very-high", "high", "medium", "low"].includes(precision), `${rule.id}: precision`);
  check(tags.length <= 10 && tags.includes("security"), `${rule.id}: tags`);
  check(
    tags.filter((tag) => tag.includes("cwe")).every((tag) => /^external\/cwe\/cwe-\d{3,4}$/.test(tag)),
    `${rule.id}: CWE tags`,
  );
  check(rule.help?.markdown && rule.help.text && /^https:/.test(rule.helpUri), `${rule.id}: help`);
}

check(run.results.length <= 25_000, "more than 25,000 results");
const lines = new Set();
for (const [i, result] of run.results.entries()) {
  const name = `results[${i}]`;
  check(rules[result.ruleIndex]?.id === result.ruleId, `${name}: ruleIndex is not that of ruleId`);
  check(result.kind === undefined || result.kind === "fail", `${name}: kind`);
  check(result.locations.length === 1, `${name}: not one location`);
  const { artifactLocation, region } = result.locations[0].physicalLocation;
  const line = `${result.ruleId} ${artifactLocation.uri}:${region.startLine}`;
  check(!lines.has(line), `${name}: a second result of its rule on one line`);
  lines.add(line);
  check(region.startLine === region.endLine, `${name}: a region of several lines`);
  checkLinks(result, name);
}
for (const uri of urisOf(log)) {
  check(!/^[a-z][a-z0-9+.-]*:|^\/|\\|(^|\/)\.\.(\/|$)/i.test(uri), `${uri} is not relative to the root`);
  check(encodeURI(decodeURI(uri)).length <= uri.length && !/[\s{}"<>^`|]/.test(uri), `${uri} is not percent-encoded`);
}
check(!/"(?:startTimeUtc|endTimeUtc|machine|account|processId|environmentVariables)"/.test(text), "a time or host");

for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Every link of the message leads to a related location, and the ids are those of one result each once. */
function checkLinks(result, name) {
  const ids = (result.relatedLocations ?? []).map((location) => location.id);
  check(new Set(ids).size === ids.length, `${name}: an id twice`);
  for (const [, id] of result.message.text.matchAll(/(?<!\\)\]\((\d+)\)/g)) {
    check(ids.includes(Number(id)), `${name}: a link to ${id}, which is no related location`);
  }
}

function urisOf(value) {
  if (typeof value !== "object" || value === null) return [];
  const own = value.artifactLocation?.uri;
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(urisOf)];
}
