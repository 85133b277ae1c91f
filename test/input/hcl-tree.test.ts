import assert from "node:assert/strict";
import { parseConfig } from "../../src/input/terraform/parse/parse";
import { dump, dumpBody } from "./hcl-dump";

const expressions: readonly (readonly [source: string, tree: string])[] = [
  // Precedence: HCL specification, "Operations".
  ["1 + 2 * 3", "(+ 1 (* 2 3))"],
  ["1 * 2 + 3", "(+ (* 1 2) 3)"],
  ["1 - 2 - 3", "(- (- 1 2) 3)"],
  ["a || b && c", "(|| a (&& b c))"],
  ["a == b && c != d || e", "(|| (&& (== a b) (!= c d)) e)"],
  ["a < b == c >= d", "(== (< a b) (>= c d))"],
  ["1 + 2 < 3 * 4", "(< (+ 1 2) (* 3 4))"],
  ["-a.b + c % d / e", "(+ (- (. a b)) (/ (% c d) e))"],
  ["!a && !!b", "(&& (! a) (! (! b)))"],
  ["(1 + 2) * 3", "(* ((+ 1 2)) 3)"],
  ["a ? b : c ? d : e", "(? a b (? c d e))"],
  ["a ? b ? c : d : e", "(? a (? b c d) e)"],
  ["a || b ? c + 1 : d", "(? (|| a b) (+ c 1) d)"],
  // Identifiers
  ["a-b", "a-b"],
  ["a - b", "(- a b)"],
  ["a--b", "a--b"],
  ["über.日本-語", "(. über 日本-語)"],
  ["_", "_"],
  ["for", "for"],
  ["true", "true"],
  ["null", "null"],
  // Numbers stay as written.
  ["1.50", "1.50"],
  ["1E+2", "1E+2"],
  ["0755", "0755"],
  ["12345678901234567890", "12345678901234567890"],
  // Traversals
  ["a.b.c", "(. (. a b) c)"],
  ['a["b"][0].c', '(. ([] ([] a <"b">) 0) c)'],
  ["a.0.b", "(. ([] a 0) b)"],
  ["a[\n0\n]", "([] a 0)"],
  ["a[*].b[0].c", "([*] a (. ([] (. _ b) 0) c))"],
  ["a.*.b[0]", "([] (.* a (. _ b)) 0)"],
  ["a.*.b.0.c", "(.* a (. ([] (. _ b) 0) c))"],
  ["a[*]", "([*] a _)"],
  ["a[*].b[*].c", "([*] a ([*] (. _ b) (. _ c)))"],
  ["a[b ? 0 : 1]", "([] a (? b 0 1))"],
  ["[1][0]", "([] [1] 0)"],
  ["{ a = 1 }.a", "(. {a=1} a)"],
  ['"a".b', '(. <"a"> b)'],
  ["(a).b", "(. (a) b)"],
  // Calls
  ["f()", "(call f)"],
  ["f(1, b)", "(call f 1 b)"],
  ["f(\n  1,\n  2,\n)", "(call f 1 2)"],
  ["f(a, b...)", "(call f a b...)"],
  ["f (1)", "(call f 1)"],
  ["f(1)[0].a", "(. ([] (call f 1) 0) a)"],
  ["provider::aws::arn_parse(a)", "(call provider::aws::arn_parse a)"],
  ["provider :: aws :: f (a)", "(call provider::aws::f a)"],
  ["true(1)", "(call true 1)"],
  // Collections
  ["[]", "[]"],
  ["[1, 2,]", "[1 2]"],
  ["[\n1\n,\n2\n]", "[1 2]"],
  ["{}", "{}"],
  ["{ a = 1, b : 2 }", "{a=1 b=2}"],
  ["{\na = 1\n\nb = 2,\n}", "{a=1 b=2}"],
  ['{ "a b" = 1, (k) = 2, "${k}x" = 3, a.b = 4, 5 = 5 }', '{<"a b">=1 (k)=2 <${k} "x">=3 (. a b)=4 5=5}'],
  ["{ true = 1, null = 2 }", "{true=1 null=2}"],
  ["{ a = { b = [{ c = 1 }] } }", "{a={b=[{c=1}]}}"],
  // for
  ["[for a in b : a.c]", "(for-tuple a in b : (. a c))"],
  ["[for i, a in b : a if i > 0]", "(for-tuple i,a in b : a if (> i 0))"],
  ["{for k, v in m : k => v}", "(for-object k,v in m : k => v)"],
  ["{for v in m : v.k => v... if v.on}", "(for-object v in m : (. v k) => v... if (. v on))"],
  ["{\nfor k, v\nin m\n:\nk\n=> v\n}", "(for-object k,v in m : k => v)"],
  ["[for a in [for b in c : b] : a]", "(for-tuple a in (for-tuple b in c : b) : a)"],
  // Strings: an escape sequence is a part of its own.
  ['""', "<>"],
  ['"a b"', '<"a b">'],
  ['"a\\n\\"\\\\b"', '<"a" "\\n" "\\"" "\\\\" "b">'],
  ['"\\u00e9\\U0001F600"', '<"é" "😀">'],
  ['"$${a} %%{b}"', '<"${" "a} " "%{" "b}">'],
  ['"$ % $a 100%"', '<"$ % $a 100%">'],
  ['"$$${a}"', '<"$" "${" "a}">'],
  ['"${a}"', "wrap<${a}>"],
  ['"${~ a ~}"', "wrap<${a}>"],
  ['"x-${a.b}-y"', '<"x-" ${(. a b)} "-y">'],
  ['"${a}${b}"', "<${a} ${b}>"],
  ['"a ${~ b ~} c"', '<"a" ${b} "c">'],
  ['"${"${"a"}"}"', 'wrap<${wrap<${<"a">}>}>'],
  ['"${{ a = "}" }.a}"', 'wrap<${(. {a=<"}">} a)}>'],
  ['"${\nf(1, # }\n2)\n}"', "wrap<${(call f 1 2)}>"],
  ['"%{ if a }b%{ else }c%{ endif }"', '<(if a <"b"> <"c">)>'],
  ['"%{ if a }b%{ endif }"', '<(if a <"b"> <>)>'],
  ['"%{ for k, v in m }${k}%{ if v },%{ endif }%{ endfor }"', '<(for k,v in m <${k} (if v <","> <>)>)>'],
  // Heredocs
  ["<<EOT\na\n  b\nEOT", 'heredoc<"a\\n  b\\n">'],
  ["<<EOT\nEOT", "heredoc<>"],
  ['<<EOT\n\\n "q" ${a}\n  EOT  ', 'heredoc<"\\\\n \\"q\\" " ${a} "\\n">'],
  ["<<-EOT\n    a\n      b\n  EOT", 'heredoc<"a\\n" "  b\\n">'],
  ["<<-EOT\n  ${a}\n    b\n  EOT", 'heredoc<${a} "\\n" "  b\\n">'],
  ["<<A\n${<<B\nx\nB\n}\nA", 'heredoc<${heredoc<"x\\n">} "\\n">'],
  ["<<EOT\na EOT\n${b}EOT\nEOTX\nEOT", 'heredoc<"a EOT\\n" ${b} "EOT\\nEOTX\\n">'],
  ["f(<<EOT\na\nEOT\n, b)", '(call f heredoc<"a\\n"> b)'],
];

const bodies: readonly (readonly [what: string, source: string, tree: string])[] = [
  ["an empty file has an empty body", "", ""],
  ["a byte order mark is no token", "\ufeffa = 1\n", "a = 1\n"],
  ["line ends are LF or CRLF", "a = 1\r\nb {\r\n  c = [\r\n 1 ]\r\n}\r\n", "a = 1\nb {\n  c = [1]\n}\n"],
  ["comments stand between any tokens", "# x\na = /* 1 */ 2 // y\nb /* c */ { # d\n}\n/* e\n*/", "a = 2\nb {\n}\n"],
  ["labels are quoted or bare", 'a "b c" d "e\\"f" {}\n', 'a "b c" "d" "e\\"f" {\n}\n'],
  [
    "a block may stand on one line",
    'a { b = 1 }\nc {}\nd "e" { f = { g = 2 } }',
    'a {\n  b = 1\n}\nc {\n}\nd "e" {\n  f = {g=2}\n}\n',
  ],
  ["blocks nest", "a {\n  b {\n    c {}\n  }\n  d = 1\n}\n", "a {\n  d = 1\n  b {\n    c {\n    }\n  }\n}\n"],
  ["keywords are names too", "for = 1\ntrue = 2\nif {\n}\n", "for = 1\ntrue = 2\nif {\n}\n"],
  ["an attribute and a block may share a name", "a = 1\na {}\n", "a = 1\na {\n}\n"],
];

describe("HCL: the tree", () => {
  for (const [source, tree] of expressions) {
    it(`${JSON.stringify(source)} is ${tree}`, () => {
      const { file, problems } = parseConfig({ path: "a.tf", text: `x = ${source}\ny = 0\n` });
      assert.deepEqual(problems, []);
      assert.equal(dump(file.body.attributes[0]?.value ?? assert.fail()), tree);
      assert.equal(file.body.attributes.length, 2);
    });
  }

  for (const [what, source, tree] of bodies) {
    it(what, () => {
      const { file, problems } = parseConfig({ path: "a.tf", text: source });
      assert.deepEqual(problems, []);
      assert.equal(dumpBody(file.body), tree);
    });
  }

  it("keeps comments with their markers and without their line ends", () => {
    const text = '# a\r\nx = 1 // b\n/* c\n */ y = 2\nz = "# no"\nv = <<E\n# no\n${1 /* d */}\nE\n#';
    const { file } = parseConfig({ path: "a.tf", text });
    const comments = file.comments.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(comments, ["# a", "// b", "/* c\n */", "/* d */", "#"]);
  });
});
