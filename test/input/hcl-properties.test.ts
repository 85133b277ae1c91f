import assert from "node:assert/strict";
import fc from "fast-check";
import { limits } from "../../src/core/limits";
import { parseConfig, parseTemplate } from "../../src/input/terraform/parse/parse";
import type { Expression, Node } from "../../src/input/terraform/parse/syntax";
import { visitBody, visitExpression } from "./hcl-nodes";
import { anyText } from "./hcl-snippets";

describe("HCL: for any text", () => {
  it("the parser answers, with places inside the text and inside each other", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { file, problems } = parseConfig({ path: "a.tf", text });
        assertInside(file.body, { start: 0, end: text.length }, text);
        visitBody(file.body, (node, around) => {
          assertInside(node, around, text);
        });
        for (const { at } of problems) if (at !== undefined) assertInside(at, file.body, text);
        for (const comment of file.comments) assertInside(comment, file.body, text);
      }),
      { numRuns: 3000 },
    );
  });

  it("a template file's text parts are the characters of the file, where their lengths say so", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { template } = parseTemplate({ path: "a.tpl", text });
        visitExpression(template, { start: 0, end: text.length }, (node, around) => {
          assertInside(node, around, text);
          if ("kind" in node && node.kind === "text") assertCharacters(node, text);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("so are those of strings and heredocs", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        visitBody(parseConfig({ path: "a.tf", text }).file.body, (node) => {
          if ("kind" in node && node.kind === "text") assertCharacters(node, text);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("no value is deeper than the limit", () => {
    const chains = [".a", "[0]", "[*].a", " + 1", " ? 1 : 2", "(", "[", "{ a = ", "-", "f(", '"${', "[for a in ", ".*"];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...chains), fc.nat({ max: 300 })), { maxLength: 5 }), (parts) => {
        const text = `x = a${parts.map(([chain, count]) => chain.repeat(count)).join("")}\n`;
        const [attribute] = parseConfig({ path: "a.tf", text }).file.body.attributes;
        if (attribute !== undefined) assert.ok(heightOf(attribute.value) <= limits.depth);
      }),
      { numRuns: 500, examples: [[[["[*].a", 199]]]] },
    );
  });
});

function assertInside(node: Node, around: Node, text: string): void {
  assert.ok(
    node.start >= around.start && node.end <= around.end && node.start <= node.end,
    `${node.start}-${node.end} is not inside ${around.start}-${around.end} of ${JSON.stringify(text)}`,
  );
}

function assertCharacters(part: Node & { readonly text: string }, text: string): void {
  if (part.end - part.start === part.text.length) assert.equal(part.text, text.slice(part.start, part.end));
  else assert.ok(part.text.length <= 2 && part.text.length < part.end - part.start, JSON.stringify(text));
}

function heightOf(expression: Expression): number {
  const depths = new Map<Node, number>();
  let height = 0;
  visitExpression(expression, expression, (node, around) => {
    const depth = (depths.get(around) ?? 0) + 1;
    depths.set(node, depth);
    height = Math.max(height, depth);
  });
  return height;
}
