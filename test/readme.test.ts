import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { version } from "../package.json";
import { rules } from "../rules";
import { lintSources } from "../src/lint";
import { formats } from "../src/output";

const readme = readFileSync("README.md", "utf8");

describe("README", () => {
  it("shows the tool's real output for the Terraform of its first screen", () => {
    const full = formats.find((format) => format.name === "full");
    const report = lintSources([{ path: "main.tf", text: fence("hcl") }]);
    const options = { color: false, unicode: true, width: 100, display: (path: string) => path, undecided: false };
    assert.equal(fence("console"), `$ npx ses-cred-lint main.tf\n${full?.render(report, options).trimEnd() ?? ""}\n`);
  });

  it("lists every rule with its level, and those that are off by default as such", () => {
    const rows = rules.map(({ id, level, title, off }) => {
      return `| [${id}](docs/rules/${id}.md) | ${level}${off ? ", off by default" : ""} | ${title} |\n`;
    });
    assert.ok(readme.includes(`|---|---|---|\n${rows.join("")}\n`));
  });

  it("shows the workflow that is to be copied", () => {
    assert.ok(readme.includes(`\`\`\`yaml\n${readFileSync("docs/ci/github.yml", "utf8")}\`\`\`\n`));
  });

  it("pins the version of the package in the hook and the workflow", () => {
    assert.ok(readme.includes(`rev: v${version}\n`));
    assert.ok(readme.includes(`ses-cred-lint@${version} `));
  });
});

/** The text of the first code block in a language. */
function fence(language: string): string {
  const start = readme.indexOf(`\`\`\`${language}\n`) + language.length + 4;
  return readme.slice(start, readme.indexOf("```", start));
}
