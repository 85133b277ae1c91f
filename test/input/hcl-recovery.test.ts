import assert from "node:assert/strict";
import { lineStarts, positionAt } from "../../src/core/source";
import { parseConfig, parseTemplate } from "../../src/input/terraform/parse/parse";
import { dump, dumpBody } from "./hcl-dump";

interface Case {
  readonly what: string;
  readonly source: string;
  /** `line:column message`, a line a problem. */
  readonly problems: string;
  readonly tree: string;
}

const cases: readonly Case[] = [
  {
    what: "an attribute that is wrong is unknown, and the others are there",
    source: "a {\n  b = [1, ]]\n  c = 2\n}\nd = 3\n",
    problems: '2:12 Expected a new line after the attribute, found "]".\n',
    tree: "d = 3\na {\n  b = [1]\n  c = 2\n}\n",
  },
  {
    what: "a bracket without end ends where the next attribute begins",
    source: 'a {\n  b = ["x",\n    "y"\n  c = 2\n}\nd {}\n',
    problems: '4:3 Expected "," or "]" after the item, found an identifier; the list starts on line 2.\n',
    tree: "a {\n  b = INVALID\n  c = 2\n}\nd {\n}\n",
  },
  {
    what: "a parenthesis without end ends where the block does",
    source: "a {\n  b = f(1,\n    2\n}\nc = 3\n",
    problems: '4:1 Expected "," or ")" after the argument, found "}"; the call starts on line 2.\n',
    tree: "c = 3\na {\n  b = INVALID\n}\n",
  },
  {
    what: "a string without end ends with its line",
    source: 'a = "x\nb = "y"\n',
    problems: "1:5 The string has no closing quote on its line.\n",
    tree: 'a = <"x" ${INVALID}>\nb = <"y">\n',
  },
  {
    what: "a string and an interpolation without end end with their line",
    source: 'a = "x${f("y\nb = 2\n',
    problems: "1:11 The string has no closing quote on its line.\n",
    tree: 'a = <"x" ${INVALID}>\nb = 2\n',
  },
  {
    what: "an interpolation that is wrong is a hole in its string",
    source: 'a = "x${b c}y"\nd = <<E\n1 ${]} 2\nE\n',
    problems:
      '1:11 Expected "}" at the end of the sequence, found an identifier.\n3:5 Expected an expression, found "]".\n',
    tree: 'a = <"x" ${INVALID} "y">\nd = heredoc<"1 " ${INVALID} " 2\\n">\n',
  },
  {
    what: "a block without end ends where the next top-level block begins a line",
    source:
      'resource "a" "b" {\n  c = 1\n  d {\n    e = 2\n  }\n\nresource "f" "g" {\n  h = 3\n}\noutput "i" {\n  j = 4\n}\n',
    problems: '1:1 The block "resource" has no closing "}".\n',
    tree: 'resource "a" "b" {\n  c = 1\n  d {\n    e = 2\n  }\n}\nresource "f" "g" {\n  h = 3\n}\noutput "i" {\n  j = 4\n}\n',
  },
  {
    what: "an object without end ends there too",
    source: 'locals {\n  a = {\n    b = 1\n}\n\nvariable "c" {\n  default = 2\n}\n',
    problems: '1:1 The block "locals" has no closing "}".\n',
    tree: 'locals {\n  a = {b=1}\n}\nvariable "c" {\n  default = 2\n}\n',
  },
  {
    what: "a heredoc without end ends there too",
    source: 'resource "a" "b" {\n  c = <<EOT\n  x = 1\n}\n\nresource "d" "e" {\n  f = 2\n}\n',
    problems: "2:7 The heredoc has no closing marker on a line of its own.\n",
    tree: 'resource "a" "b" {\n  c = INVALID\n}\nresource "d" "e" {\n  f = 2\n}\n',
  },
  {
    what: "a brace too many closes nothing",
    source: "a {\n}\n}\nb {\n}\n",
    problems: '3:1 There is no open block for this "}".\n',
    tree: "a {\n}\nb {\n}\n",
  },
  {
    what: "lines that are no attributes are told once",
    source: "a = 1\n- b\n- c\n- d\ne = 2\n",
    problems: '2:1 Expected an attribute or a block, found "-".\n',
    tree: "a = 1\ne = 2\n",
  },
  {
    what: "of two definitions the first counts",
    source: "a = 1\na = 2\nb {\n  a = 3\n}\n",
    problems: '2:1 The attribute "a" is already set in this block.\n',
    tree: "a = 1\nb {\n  a = 3\n}\n",
  },
  {
    what: "a brace on the next line is taken for the block's",
    source: 'a "b"\n{\n  c = 1\n}\n',
    problems: '1:6 Expected a label or "{" after the block\'s type, found the end of the line.\n',
    tree: 'a "b" {\n  c = 1\n}\n',
  },
  {
    what: "commas between attributes are told once and passed over",
    source: "a { b = 1, c = 2, d {} }\n",
    problems: '1:10 Expected a block on one line to be one attribute and "}", found ",".\n',
    tree: "a {\n  b = 1\n  c = 2\n  d {\n  }\n}\n",
  },
  {
    what: "a label that computes is kept without what it computes",
    source: 'a "x${b}y" {\n  c = 1\n}\n',
    problems: "1:5 A label is not a template: nothing in it can be computed.\n",
    tree: 'a "xy" {\n  c = 1\n}\n',
  },
  {
    what: "two legacy indexes in a row are read as what they mean",
    source: "a = b.0.1.c\n",
    problems: "1:7 Two legacy indexes cannot follow each other; write them in brackets.\n",
    tree: "a = (. ([] ([] b 0) 1) c)\n",
  },
  {
    what: "an unclosed comment takes the rest of the file",
    source: "a = 1\n/* b = 2\nc = 3\n",
    problems: '2:1 The comment has no closing "*/".\n',
    tree: "a = 1\n",
  },
];

describe("HCL: what is wrong", () => {
  for (const { what, source, problems, tree } of cases) {
    it(what, () => {
      const parsed = parseConfig({ path: "dir/a.tf", text: source });
      const told = parsed.problems.map(({ at, message }) => `${position(source, at?.start ?? 0)} ${message}\n`);
      assert.equal(told.join(""), problems);
      assert.equal(dumpBody(parsed.file.body), tree);
      for (const problem of parsed.problems) {
        assert.equal(problem.kind, "syntax");
        assert.equal(problem.file, "dir/a.tf");
      }
    });
  }

  it("tells 20 problems of a file, and the number of the others", () => {
    const { problems } = parseConfig({ path: "a.tf", text: "a = ]\n".repeat(30) });
    assert.equal(problems.length, 21);
    assert.equal(problems.at(-1)?.message, "39 more problems are not shown.");
  });

  it("never tells the text of a literal or identifier", () => {
    const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz";
    const around = [`x = ${secret} ${secret}`, `x = "${secret}`, `x = [${secret} "${secret}"]`, secret, `"${secret}"`];
    for (const text of around) {
      const { problems } = parseConfig({ path: "a.tf", text: `${text}\n` });
      assert.notEqual(problems.length, 0, text);
      for (const problem of problems) assert.doesNotMatch(problem.message, /wJalr/);
    }
  });

  it("a template file without a directive's end has a hole there, and says so", () => {
    const { template, problems } = parseTemplate({ path: "a.tpl", text: "a ${b}\n%{ if c }\nd" });
    assert.equal(dump(template), '<"a " ${b} "\\n" ${INVALID}>');
    assert.deepEqual(
      problems.map((problem) => problem.message),
      ['Expected "endif" for the "if", found the end of the template.'],
    );
  });

  it("a template file is plain text from a lone carriage return on, as Terraform has it", () => {
    const { template, problems } = parseTemplate({ path: "a.tpl", text: "${a}\r\nb\r${c}" });
    assert.deepEqual(problems, []);
    assert.equal(dump(template), '<${a} "\\r\\nb\\r${c}">');
  });

  it("a template file is a template as a whole", () => {
    const text = '#!/bin/sh\necho "${a}" $HOME $${b} 100%\n%{ for x in y ~}\n- ${x}\n%{ endfor ~}\n';
    const { template, problems } = parseTemplate({ path: "a.tpl", text });
    assert.deepEqual(problems, []);
    assert.equal(
      dump(template),
      '<"#!/bin/sh\\necho \\"" ${a} "\\" $HOME " "${" "b} 100%\\n" (for x in y <"- " ${x} "\\n">)>',
    );
  });
});

function position(source: string, offset: number): string {
  const { line, column } = positionAt(lineStarts(source), offset);
  return `${line}:${column}`;
}
