import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../rules";
import { meetings, suppression } from "./other-scanners";
import { undecidedText, type RuleInfo } from "../src/core/rule-info";

/** The rules' pages, by file name. They are made of what the rules say of themselves and of their fixtures. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", indexPage()],
    ...rules.map((rule): [string, string] => [`${rule.id}.md`, rulePage(rule)]),
  ]);
}

const root = join(__dirname, "..");
export const pagesFolder = join(root, "docs/rules");

function indexPage(): string {
  const rows = rules.map(({ id, level, title, off }) => {
    return `- [${id}](${id}.md) (${level}${off ? ", off by default" : ""}): ${title}`;
  });
  return page(["# Rules", rows.join("\n"), generated]);
}

function rulePage(rule: RuleInfo): string {
  return page([
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.level} · security severity ${rule.securitySeverity.toFixed(1)}${weaknesses(rule.cwe)}${rule.off ? " · off by default" : ""}`,
    rule.why,
    `**Fix.** ${rule.fix}`,
    `**Undecided** ${undecidedText(rule)}.`,
    "## Never flagged",
    rule.never.map((one) => `- ${one}`).join("\n"),
    "## Sources",
    ...rule.sources.map(({ title, url, text }) => `> ${text}\n>\n> [${title}](${url})`),
    "## Bad",
    ...examples(rule.id, "fail"),
    "## Good",
    ...examples(rule.id, "pass"),
    "## Other scanners",
    ...otherScanners(rule.id),
    generated,
  ]);
}

const generated = "<!-- Made by scripts/docs.ts from the rule and its fixtures. -->";

function weaknesses(cwe: readonly number[]): string {
  return cwe.map((one) => ` · [CWE-${one}](https://cwe.mitre.org/data/definitions/${one}.html)`).join("");
}

function examples(rule: string, kind: "fail" | "pass"): readonly string[] {
  // What only a plan tells has a folder with one.
  if (existsSync(join(root, "fixtures/rules", rule, kind))) return [example(rule, `${kind}/plan.json`, "json")];
  // What only Terraform can do wrong has no template that fails.
  const written = [`${kind}.tf`, `${kind}.yaml`].filter((file) => existsSync(join(root, "fixtures/rules", rule, file)));
  return written.map((file) => example(rule, file, file.endsWith(".tf") ? "hcl" : "yaml"));
}

/** A fixture as a reader sees it: where a finding is marked, the mark is an arrow. */
function example(rule: string, file: string, language: string): string {
  const text = readFileSync(join(root, "fixtures/rules", rule, file), "utf8");
  const marked = text.trim().replace(/# want (?:open )?([\w-]+)(?: (?:error|warning|note))?/g, "# <- $1");
  return `\`\`\`${language}\n${marked}\n\`\`\``;
}

function otherScanners(rule: string): readonly string[] {
  const met = meetings.filter(({ rules: ours }) => ours.includes(rule));
  if (met.length === 0) return ["None of Checkov, Trivy, cfn_nag and cdk-nag has a rule that looks at this."];
  return met.flatMap(({ goes, why, checks }) => {
    const told = checks.map(({ scanner, id, says }) => `- ${scanner} ${id}: ${says}`).join("\n");
    const one = checks.length === 1;
    if (goes === "along") {
      return [
        `${one ? "This says" : "These say"} something of the same lines; ${why}. Nothing is to be suppressed.`,
        told,
      ];
    }
    const lines = checks.map((check) => suppression(check, why)).join("\n");
    return [`${one ? "This goes" : "These go"} against it, since ${why}:`, told, `\`\`\`text\n${lines}\n\`\`\``];
  });
}

function page(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

if (require.main === module) {
  mkdirSync(pagesFolder, { recursive: true });
  for (const [name, text] of rulePages()) writeFileSync(join(pagesFolder, name), text);
}
