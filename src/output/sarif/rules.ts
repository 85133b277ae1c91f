import type { ConfigurationOverride, ReportingDescriptor } from "sarif";
import type { Report } from "../../core/report";
import { undecidedText, type RuleInfo } from "../../core/rule-info";

/** Tags of one rule that GitHub keeps. */
const mostTags = 10;

/** All that a reader of an alert is told of a rule. */
export function ruleOf(rule: RuleInfo, report: Report): ReportingDescriptor {
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.why },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    helpUri: `${report.tool.url}/blob/main/docs/rules/${rule.id}.md`,
    defaultConfiguration: { level: rule.level, ...(rule.off === true && { enabled: false }) },
    properties: {
      tags: tagsOf(rule),
      precision: rule.precision,
      "security-severity": rule.securitySeverity.toFixed(1),
    },
  };
}

/**
 * What the run set of its rules: those that ran though they are off by default, those that did not, and levels that hold
 * for all their findings (SARIF 2.1.0, 3.20.5).
 */
export function overridesOf({ rules, configuration }: Report): readonly ConfigurationOverride[] {
  const { off, levels } = configuration;
  return rules.flatMap(({ id, level, ...rule }, index): readonly ConfigurationOverride[] => {
    const enabled = !off.includes(id);
    const set = levels.find((one) => one.rule === id)?.level;
    if (set === undefined && enabled === (rule.off !== true)) return [];
    return [{ descriptor: { id, index }, configuration: { enabled, level: set ?? level } }];
  });
}

function tagsOf({ cwe }: RuleInfo): string[] {
  const weaknesses = cwe.map((number) => `external/cwe/cwe-${String(number).padStart(3, "0")}`);
  return ["security", "aws", "ses", ...weaknesses].slice(0, mostTags);
}

function helpText(rule: RuleInfo): string {
  return [
    `${rule.why} ${rule.fix}`,
    `Undecided ${undecidedText(rule)}.`,
    ...rule.never.map((text) => `Never flagged: ${text}.`),
    ...rule.sources.map(({ title, url, text }) => `“${text}” (${title}, ${url})`),
  ].join("\n");
}

function helpMarkdown(rule: RuleInfo): string {
  const parts = [
    `# ${rule.title}`,
    rule.why,
    `**Fix:** ${rule.fix}`,
    `**Undecided** ${undecidedText(rule)}.`,
    ...(rule.never.length === 0 ? [] : [`**Never flagged:**\n\n${rule.never.map((text) => `- ${text}`).join("\n")}`]),
    ...rule.sources.map(({ title, url, text }) => `> ${text}\n>\n> [${title}](${url})`),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** `smtp-user-cannot-send` → `SmtpUserCannotSend` */
function pascalCase(id: string): string {
  return id
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
