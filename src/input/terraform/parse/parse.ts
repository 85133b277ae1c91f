import type { Diagnostic } from "../../../core/diagnostic";
import type { Source } from "../../../core/source";
import { lex } from "./lexer";
import { parseFileBody } from "./body";
import { parseOnly } from "./expression";
import { parseBare } from "./template";
import { newParser } from "./parser-state";
import { allProblems, noProblems, type Problems } from "./problems";
import type { ConfigFile, Expression, Template } from "./syntax";

/**
 * A file of the HCL native syntax, as Terraform 1.11 reads it (HCL specification: hcl/hclsyntax/spec.md). Never throws;
 * what is wrong is a problem, and the rest of the file is there.
 */
export function parseConfig(source: Source): { readonly file: ConfigFile; readonly problems: readonly Diagnostic[] } {
  const tokens = lex(source.text, "configuration");
  let p = newParser(source, tokens, noProblems(source), false);
  let body = parseFileBody(p);
  if (p.recovered) {
    // Where braces do not match, only the second look finds the blocks behind that place.
    p = newParser(source, tokens, noProblems(source), true);
    body = parseFileBody(p);
  }
  const { path, text } = source;
  const whole = { ...body, start: 0, end: text.length };
  return { file: { path, body: whole, comments: tokens.comments }, problems: allProblems(p.problems) };
}

/** A text that is one template, without quotes around it: what `templatefile` reads. */
export function parseTemplate(source: Source): {
  readonly template: Template;
  readonly problems: readonly Diagnostic[];
} {
  const p = newParser(source, lex(source.text, "template"), noProblems(source), false);
  return { template: parseBare(p), problems: allProblems(p.problems) };
}

/** A string of another language as a template; offsets are those of the string. */
export function parseTemplateString(text: string, problems: Problems): Template {
  return parseBare(newParser({ path: problems.source.path, text }, lex(text, "template"), problems, false));
}

/** A string of another language as one expression; invalid as a whole where something in it is wrong. */
export function parseExpressionString(text: string, problems: Problems): Expression {
  return parseOnly(newParser({ path: problems.source.path, text }, lex(text, "configuration"), problems, false));
}
