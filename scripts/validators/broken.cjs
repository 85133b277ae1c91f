// Writes copies of a SARIF file that are broken in one way each, by the validator that must refuse them:
// node broken.cjs FILE DIRECTORY. Exits 1 where the file has no result to break.
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [, , path, directory] = process.argv;
const whole = readFileSync(path, "utf8");

const breaks = {
  multitool: {
    "no location": (result) => (result.locations = []),
    "no region": (result) => delete result.locations[0].physicalLocation.region,
    "a flow by index": (result) => (result.codeFlows[0].threadFlows[0].locations[0] = { index: 0 }),
    "an absolute address": (result) => (placeOf(result).artifactLocation.uri = "file:///srv/infra/main.tf"),
    "a message by id": (result) => (result.message = { id: "default" }),
  },
  jsonschema: { "an unknown property": (result) => (result.nonsense = true) },
  datadog: { "an unknown property": (result) => (result.nonsense = true) },
  assertions: {
    "another rule's index": (result) => result.ruleIndex++,
    "a path out of the root": (result) => (placeOf(result).artifactLocation.uri = "../main.tf"),
    "a link to nowhere": (result) => (result.message.text += " See [there](99)."),
    "a severity of 9.0": (_, run) => (run.tool.driver.rules[0].properties["security-severity"] = "9.0"),
    "two results on a line": (result, run) => run.results.push(result),
  },
  hashes: {
    "another hash": (_, run) => {
      for (const { partialFingerprints } of run.results) partialFingerprints.primaryLocationLineHash = "0:1";
    },
  },
};

if (!JSON.parse(whole).runs[0].results.some(isRich)) process.exit(1);
for (const [validator, ways] of Object.entries(breaks)) {
  mkdirSync(join(directory, validator), { recursive: true });
  for (const [name, spoil] of Object.entries(ways)) {
    const log = JSON.parse(whole);
    spoil(log.runs[0].results.find(isRich), log.runs[0]);
    writeFileSync(join(directory, validator, `${name}.sarif`), JSON.stringify(log));
  }
}

function isRich(result) {
  return result.codeFlows !== undefined && result.relatedLocations !== undefined;
}

function placeOf(result) {
  return result.locations[0].physicalLocation;
}
