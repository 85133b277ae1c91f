import { rules } from "../../rules";
import { limits } from "../core/limits";
import { undecidedText, type RuleInfo } from "../core/rule-info";

/** A rule's page for the terminal. */
export function explain(id: string): string {
  const rule = rules.find((one) => one.id === id);
  return rule === undefined ? "" : page(rule);
}

/** All rules: a line each, or their metadata as JSON. */
export function listRules(format: "text" | "json"): string {
  if (format === "json") return `${JSON.stringify(rules, null, 2)}\n`;
  const width = Math.max(...rules.map((rule) => rule.id.length));
  return rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.level.padEnd(7)}  ${rule.title}\n`).join("");
}

/** The limits table, a line each. */
export function printLimits(): string {
  const entries = Object.entries(limits);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${String(value)}\n`).join("");
}

function page(rule: RuleInfo): string {
  const never = rule.never.map((text) => `  - ${text}`).join("\n");
  const sources = rule.sources.map(({ title, url, text }) => `  "${text}"\n  ${title}, ${url}`).join("\n\n");
  const parts = [
    `${rule.id} (${rule.level})`,
    `${rule.title}. ${rule.why}`,
    `Fix: ${rule.fix}`,
    `Undecided ${undecidedText(rule)}.`,
    ...(never === "" ? [] : [`Never flagged:\n${never}`]),
    `Sources:\n${sources}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
