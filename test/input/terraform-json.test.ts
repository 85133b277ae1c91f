import assert from "node:assert/strict";
import fc from "fast-check";
import { readJson } from "../../src/core/json";
import { configFromJson } from "../../src/input/terraform/parse/json-syntax";
import { parseConfig } from "../../src/input/terraform/parse/parse";
import type { Block } from "../../src/input/terraform/parse/syntax";
import { dumpBody } from "./hcl-dump";
import { visitBody } from "./hcl-nodes";
import { anyText } from "./hcl-snippets";

interface Case {
  readonly what: string;
  readonly json: unknown;
  readonly tree: string;
}

const cases: readonly Case[] = [
  {
    what: "resources and data sources have two labels, and nested blocks of a provider's are attributes",
    json: {
      resource: { aws_iam_user: { mail: { name: "a", tags: { x: "y" }, rule: [{ days: 1 }, { days: 2 }] } } },
      data: { aws_region: { here: {} } },
    },
    tree: `resource "aws_iam_user" "mail" {
  name = <"a">
  tags = {x=<"y">}
  rule = [{days=1} {days=2}]
}
data "aws_region" "here" {
}
`,
  },
  {
    what: "every string is a template, keys of objects too",
    json: {
      locals: { a: "${var.b}", c: "x-${d}-y", e: ["${f(1)}"], g: { "${h}": 1, i: true, j: null }, k: "$${l}", m: 1.5 },
    },
    tree: `locals {
  a = wrap<\${(. var b)}>
  c = <"x-" \${d} "-y">
  e = [wrap<\${(call f 1)}>]
  g = {wrap<\${h}>=1 i=true j=null}
  k = <"\${" "l}">
  m = 1.5
}
`,
  },
  {
    what: "a list at any level of labels stands for its items, and a list of bodies for several blocks",
    json: {
      output: [{ a: { value: 1 } }, { b: { value: 2 } }],
      provider: { aws: [{ region: "x" }, { alias: "y" }] },
      locals: [{ c: 1 }, { d: 2 }],
      moved: null,
    },
    tree: `output "a" {
  value = 1
}
output "b" {
  value = 2
}
provider "aws" {
  region = <"x">
}
provider "aws" {
  alias = <"y">
}
locals {
  c = 1
}
locals {
  d = 2
}
`,
  },
  {
    what: "comments under // are passed over wherever a body is",
    json: { "//": "a", resource: { a: { b: { "//": { metadata: { path: "c" } }, d: 1 } } } },
    tree: 'resource "a" "b" {\n  d = 1\n}\n',
  },
  {
    what: "what Terraform reads before it evaluates is no template",
    json: {
      variable: { a: { default: "${b}", description: "$${c}", type: "list(string)" } },
      module: { m: { source: "./${x}", version: "${y}", z: "${w}", providers: { aws: "aws.west" } } },
      terraform: { backend: { s3: { bucket: "${b}" } }, required_providers: { aws: { source: "hashicorp/aws" } } },
    },
    tree: `variable "a" {
  default = <"\${b}">
  description = <"$\${c}">
  type = (call list string)
}
module "m" {
  source = <"./\${x}">
  version = <"\${y}">
  z = wrap<\${w}>
  providers = {aws=(. aws west)}
}
terraform {
  backend "s3" {
    bucket = <"\${b}">
  }
  required_providers {
    aws = {source=<"hashicorp/aws">}
  }
}
`,
  },
  {
    what: "references without quotes in native syntax are expressions",
    json: {
      resource: {
        a: {
          b: {
            depends_on: ["c.d", "module.e"],
            provider: "aws.west",
            lifecycle: {
              ignore_changes: ["tags[0]"],
              create_before_destroy: true,
              precondition: { condition: "${c}" },
            },
          },
        },
      },
      moved: { from: "a.b", to: "c.d[0]" },
    },
    tree: `resource "a" "b" {
  depends_on = [(. c d) (. module e)]
  provider = (. aws west)
  lifecycle {
    ignore_changes = [([] tags 0)]
    create_before_destroy = true
    precondition {
      condition = wrap<\${c}>
    }
  }
}
moved {
  from = (. a b)
  to = ([] (. c d) 0)
}
`,
  },
  {
    what: "dynamic blocks, provisioners and connections are blocks",
    json: {
      resource: {
        a: {
          b: {
            dynamic: { ingress: { for_each: "${c}", content: { port: "${ingress.value}" } } },
            provisioner: [{ "local-exec": { command: "d" } }],
          },
        },
      },
    },
    tree: `resource "a" "b" {
  dynamic "ingress" {
    for_each = wrap<\${c}>
    content {
      port = wrap<\${(. ingress value)}>
    }
  }
  provisioner "local-exec" {
    command = <"d">
  }
}
`,
  },
  {
    what: "a block type of a later Terraform is a block",
    json: { something: [{ a: 1 }, { a: 2 }] },
    tree: "something {\n  a = 1\n}\nsomething {\n  a = 2\n}\n",
  },
  {
    what: "names of JavaScript's own are names",
    json: { locals: { constructor: 1 }, toString: {} },
    tree: "locals {\n  constructor = 1\n}\ntoString {\n}\n",
  },
];

describe("Terraform JSON syntax", () => {
  for (const { what, json, tree } of cases) {
    it(what, () => {
      const { file, problems } = parse(JSON.stringify(json));
      assert.deepEqual(problems, []);
      assert.equal(dumpBody(file.body), tree);
    });
  }

  it("points at the characters inside strings, behind escapes too", () => {
    const text = String.raw`{"locals":{"a":"x\"${'${f(\\"k\\", b.c)}'}\n\u0041${"${d}"}z"}}`;
    const slices = slicesOf(text);
    for (const slice of [
      "b.c",
      "d",
      "z",
      "f",
      String.raw`\"k\"`,
      String.raw`\u0041`,
      String.raw`${'${f(\\"k\\", b.c)}'}`,
    ]) {
      assert.ok(slices.includes(slice), `${slice} in ${slices.join(" | ")}`);
    }
  });

  it("gives a block and its names the place of the last label", () => {
    const text = '{"resource":{"a":{"b":{"c":1},"d":{}}}}';
    const blocks = parse(text).file.body.blocks.map(({ type, labels, start, end }: Block) => [
      ...[type, ...labels].map((name) => `${name.text} at ${text.slice(name.start, name.end)}`),
      text.slice(start, end),
    ]);
    assert.deepEqual(blocks, [
      ["resource at b", "a at b", "b at b", '{"c":1}'],
      ["resource at d", "a at d", "d at d", "{}"],
    ]);
  });

  it("keeps CDKTF's construct path", () => {
    const text = '{"resource":{"a":{"b":{"//":{"metadata":{"path":"stack/b","uniqueId":"b"}}}}}}';
    assert.equal(parse(text).file.body.blocks[0]?.construct, "stack/b");
  });

  const wrong: readonly (readonly [text: string, at: string, message: string])[] = [
    ['{"locals":{"a":"x ${b c} y"}}', "c", 'Expected "}" at the end of the sequence, found an identifier.'],
    ['{"locals":{"a":"\\"\\n${]}"}}', "]", 'Expected an expression, found "]".'],
    ['{"resource":{"a":"b"}}', "b", 'Expected an object for the labels of "resource", found a string.'],
    ['{"resource":{"a":{"b":1}}}', "1", "Expected an object for a block, found a number."],
    ['{"resource":{"//":"a"}}', "a", 'Expected an object for the labels of "resource", found a string.'],
    ['{"output":{}}', "{}", 'Expected a property for the labels of "output", found none.'],
    ["null", "null", "Expected an object for a block, found null."],
    ['{"locals":[null]}', "null", "Expected an object for a block, found null."],
    ['[{"locals":{}}, true]', "[", "Expected an object for a block, found a list that has other items than objects."],
    ['{"locals":[[{"a":1},{"a":2}]]}', "a", "The attribute is already set in this block."],
    ['{"moved":{"from":"a b","to":"c"}}', "b", "Expected the end of the expression, found an identifier."],
  ];
  for (const [text, at, message] of wrong) {
    it(`${text}: ${message}`, () => {
      const [problem, ...others] = parse(text).problems;
      assert.deepEqual(others, []);
      assert.equal(problem?.kind, "syntax");
      assert.equal(problem.message, message);
      assert.ok(text.slice(problem.at?.start, problem.at?.end).startsWith(at));
    });
  }

  it("tells 20 problems of a file, and the number of the others", () => {
    const { problems } = parse(
      JSON.stringify({ locals: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`a${i}`, "${]}"])) }),
    );
    assert.equal(problems.length, 21);
    assert.equal(problems.at(-1)?.message, "10 more problems are not shown.");
  });

  it("reads a string as native syntax reads a template of the same characters, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (characters) => {
        const text = JSON.stringify({ locals: { a: characters } });
        const { file } = parse(text);
        visitBody(file.body, (node, around) => {
          assert.ok(node.start <= node.end && node.start >= 0 && node.end <= text.length);
          if ("kind" in node && around.start > 0) assert.ok(node.start >= around.start && node.end <= around.end);
          if ("kind" in node && node.kind === "text" && node.end - node.start === node.text.length) {
            assert.equal(node.text, text.slice(node.start, node.end));
          }
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the tree of the same configuration in native syntax", () => {
    const native = `resource "aws_iam_user_policy" "mail" {
  name = "send"
  user = aws_iam_user.mail[0].name
  policy = jsonencode({ Statement = [{ Action = "ses:\${var.action}", Resource = "*" }] })
}
output "user" {
  value = join("/", [for u in aws_iam_user.mail : u.name])
}
`;
    const json = {
      resource: {
        aws_iam_user_policy: {
          mail: {
            name: "send",
            user: "${aws_iam_user.mail[0].name}",
            policy: '${jsonencode({ Statement = [{ Action = "ses:${var.action}", Resource = "*" }] })}',
          },
        },
      },
      output: { user: { value: '${join("/", [for u in aws_iam_user.mail : u.name])}' } },
    };
    const unwrapped = dumpBody(parse(JSON.stringify(json)).file.body).replace(/wrap<\$\{(.*)\}>$/gm, "$1");
    assert.equal(unwrapped, dumpBody(parseConfig({ path: "a.tf", text: native }).file.body));
  });
});

function parse(text: string): ReturnType<typeof configFromJson> {
  const decoded = readJson({ path: "a.tf.json", text });
  assert.equal(decoded.kind, "value");
  return configFromJson("a.tf.json", decoded.value);
}

function slicesOf(text: string): readonly string[] {
  const slices: string[] = [];
  visitBody(parse(text).file.body, ({ start, end }) => {
    slices.push(text.slice(start, end));
  });
  return slices;
}
