// Compares every line hash with what Microsoft's library computes over the sources: node hashes.cjs ROOT FILE
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { computeRollingHashes } = require("@microsoft/sarif");

const [, , root, path] = process.argv;
const { results } = JSON.parse(readFileSync(path, "utf8")).runs[0];
let compared = 0;
for (const [i, { locations, partialFingerprints }] of results.entries()) {
  const hash = partialFingerprints.primaryLocationLineHash;
  if (hash === undefined) continue; // It would be over the text of a credential.
  const { artifactLocation, region } = locations[0].physicalLocation;
  const text = readFileSync(join(root, decodeURIComponent(artifactLocation.uri)), "utf8");
  const theirs = computeRollingHashes(text).get(region.startLine);
  if (theirs !== hash) {
    console.log(`results[${i}]: ${hash} is ${theirs} for Microsoft`);
    process.exitCode = 1;
  }
  compared++;
}
if (compared === 0) {
  console.log("no hash to compare");
  process.exitCode = 1;
}
