import { rules } from "../../rules";
import { limits } from "../core/limits";
import { undecidedText, type RuleInfo } from "../core/rule-info";
import { wrap } from "../output";

/** A rule's page for a terminal of so many columns. */
export function explain(id: string, columns: number): string {
  const rule = rules.find((one) => one.id === id);
  return rule === undefined ? "" : page(rule, Math.min(columns, mostColumns));
}

/** Longer lines of prose are hard to read. */
const mostColumns = 100;

/** All rules: a line each, or their metadata as JSON. */
export function listRules(format: "text" | "json"): string {
  if (format === "json") return `${JSON.stringify(rules, null, 2)}\n`;
  const width = Math.max(...rules.map((rule) => rule.id.length));
  return rules
    .map(({ id, level, title, off }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${title}${off ? " (off)" : ""}\n`)
    .join("");
}

/** The limits table, a line each. */
export function printLimits(): string {
  const entries = Object.entries(limits);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${String(value)}\n`).join("");
}

function page(rule: RuleInfo, columns: number): string {
  const lines = (text: string, first = "", rest = first) =>
    wrap(text, columns - rest.length)
      .map((line, i) => (i === 0 ? first : rest) + line)
      .join("\n");
  const never = rule.never.map((text) => lines(text, "  - ", "    ")).join("\n");
  const sources = rule.sources
    .map(({ title, url, text }) => `${lines(`"${text}"`, "  ")}\n${lines(`${title}, ${url}`, "  ")}`)
    .join("\n\n");
  const parts = [
    `${rule.id} (${rule.level}${rule.off ? ", off by default" : ""})`,
    lines(`${rule.title}. ${rule.why}`),
    lines(`Fix: ${rule.fix}`),
    lines(`Undecided ${undecidedText(rule)}.`),
    ...(never === "" ? [] : [`Never flagged:\n${never}`]),
    `Sources:\n${sources}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
