// Writes src/data/*.json from the two packages that package.json names. With --check it writes nothing and fails when
// a file differs. The same packages give the same bytes.
const fs = require("node:fs");
const path = require("node:path");
const { actionsData } = require("./actions.cjs");
const { policiesData } = require("./policies.cjs");

const target = path.join(__dirname, "..", "..", "src", "data");
const outputs = { "actions.json": actionsData(), "managed-policies.json": policiesData() };

let differing = 0;
for (const [file, data] of Object.entries(outputs)) {
  const text = `${JSON.stringify(data, undefined, 1)}\n`;
  const at = path.join(target, file);
  if (!process.argv.includes("--check")) {
    fs.writeFileSync(at, text);
    continue;
  }
  const same = fs.existsSync(at) && fs.readFileSync(at, "utf8") === text;
  if (!same) differing++;
  console.log(`${same ? "same" : "DIFFERS"} src/data/${file}`);
}
if (differing > 0) {
  console.error("Run `npm run generate` in scripts/data, read the difference, and commit it.");
  process.exitCode = 1;
}
