import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { temporaryFolder } from "../temporary";

const number = fc.constantFrom(
  ...["0", "1", "2", "3", "7", "10", "100", "0.1", "0.2", "0.3", "1.5", "3.3", "-4", "-0.7", "1e20", "1e-30"],
  ...["12345678901234567890", "99999999999999999999.5", "123456789.987654321", "0.000001"],
);
const index = fc.constantFrom("0", "1", "2", "-1", "5", '"1"', "1.5", "true");
const word = fc.constantFrom(
  ...[
    '""',
    '"a"',
    '"b"',
    '"a,b"',
    '"é"',
    '"e\\u0301"',
    '"10"',
    '" x "',
    '"true"',
    '"\\n"',
    '"a b\\n"',
    '"👩‍👩‍👧 x"',
    '"ß"',
  ],
  ...['"a-b_c"', '"Ａ"', '"$${x}"', '"%%{x}"', '"\\"q\\""', '"<&>"', '"null"', '"0x1"', '"1e3"', '"-1"'],
);
const pattern = fc.constantFrom(
  '"a"',
  '"[a-z]+"',
  '"(a)(b)?"',
  '"(?P<x>.)"',
  '"^$"',
  '"/./"',
  '"\\\\s*"',
  '"("',
  '"(?i)A|B"',
);
const json = fc.constantFrom('"{}"', '"[1,\\"a\\",null]"', '"{\\"a\\":{\\"b\\":[true]}}"', '"1e2"', '"{"', '"\\"é\\""');
const formatText = fc.constantFrom(
  ...['"%s"', '"%d"', '"%05d"', '"%.2f"', '"%q"', '"%v"', '"%5s|"', '"%-5s|"', '"%%"', '"%x"', '"%t"', '"%#v"', '"%e"'],
  ...['"%[1]s"', '"%s %s"', '"%+d"', '"%b"', '"%g"', '"%"', '"%z"', '"%*s"'],
);
const address = fc.constantFrom('"10.0.0.0/8"', '"192.168.1.0/24"', '"fd00::/8"', '"10.0.0.1"', '"x"', '"10.1.2.3/30"');
const time = fc.constantFrom(
  '"2024-02-29T12:34:56Z"',
  '"2023-12-31T23:59:59+01:00"',
  '"2024"',
  '"2024-01-01T00:00:00.5Z"',
);
const duration = fc.constantFrom('"1h"', '"-90m"', '"1.5s"', '"24h30m"', '"x"', '"1d"');
const timeFormat = fc.constantFrom(
  '"YYYY-MM-DD"',
  '"EEE, DD MMM YYYY hh:mm:ss ZZZ"',
  '"h:mm AA"',
  "\"'at' HH\"",
  '"Q"',
  '"D M YY Z"',
);

/**
 * Forms of expressions; a word in capitals stands for an expression of a kind. Functions of hosts, files and chance
 * (`uuid`, `timestamp`, `bcrypt`, `file`) have tests of their own; marks are not followed, nor
 * what gzip makes.
 */
const forms: Readonly<Record<"NUMBER" | "BOOL" | "TEXT" | "LIST" | "MAP" | "ANY", readonly string[]>> = {
  NUMBER: [
    ...["N", "N", "N", "(NUMBER OPERATOR NUMBER)", "-NUMBER", "abs(NUMBER)", "ceil(NUMBER)", "floor(NUMBER)"],
    ...["signum(NUMBER)", "max(NUMBER, NUMBER)", "min(NUMBER, ANY)"],
    ...[
      "parseint(TEXT, 16)",
      'parseint("zZ", I)',
      "length(ANY)",
      "index(LIST, ANY)",
      "sum(LIST)",
      "sum([NUMBER, NUMBER])",
    ],
    ...["tonumber(ANY)", "timecmp(TIME, TIME)", "max(LIST...)", "(BOOL ? NUMBER : NUMBER)", "length(TEXT)"],
  ],
  BOOL: [
    ...[
      "true",
      "false",
      "(ANY == ANY)",
      "(ANY != ANY)",
      "(NUMBER < NUMBER)",
      "(NUMBER >= ANY)",
      "!BOOL",
      "(BOOL && BOOL)",
    ],
    ...[
      "(BOOL || BOOL)",
      "can(tonumber(W))",
      "contains(LIST, ANY)",
      "startswith(TEXT, TEXT)",
      "endswith(TEXT, TEXT)",
      "tobool(ANY)",
    ],
    ...[
      "strcontains(TEXT, TEXT)",
      "alltrue([BOOL, ANY])",
      "anytrue(LIST)",
      "(TEXT == TEXT)",
      "(LIST == LIST)",
      "(MAP == MAP)",
    ],
  ],
  TEXT: [
    ...[
      "W",
      "W",
      "W",
      "W",
      "chomp(TEXT)",
      "format(F, ANY)",
      "format(F, TEXT, NUMBER)",
      "format(F, LIST...)",
      "indent(2, TEXT)",
    ],
    ...[
      "join(TEXT, LIST)",
      "lower(TEXT)",
      "upper(TEXT)",
      "title(TEXT)",
      "replace(TEXT, TEXT, TEXT)",
      "replace(TEXT, P, W)",
    ],
    ...[
      'replace(TEXT, "/(.)a/", "<$1>")',
      "strrev(TEXT)",
      "substr(TEXT, I, I)",
      "trim(TEXT, TEXT)",
      "trimprefix(TEXT, TEXT)",
    ],
    ...["trimsuffix(TEXT, TEXT)", "trimspace(TEXT)", "base64encode(TEXT)", "base64decode(TEXT)"],
    ...[
      "jsonencode(ANY)",
      "yamlencode({ a = S })",
      "urlencode(TEXT)",
      'textencodebase64(TEXT, "UTF-16LE")',
      "md5(TEXT)",
      "sha1(TEXT)",
    ],
    ...[
      "sha256(TEXT)",
      "sha512(TEXT)",
      "base64sha256(TEXT)",
      "base64sha512(TEXT)",
      'uuidv5("dns", TEXT)',
      "tostring(ANY)",
    ],
    ...[
      "cidrhost(C, S)",
      "cidrnetmask(C)",
      "cidrsubnet(C, S, S)",
      "formatdate(D, TIME)",
      "timeadd(TIME, U)",
      "basename(TEXT)",
    ],
    ...[
      "dirname(TEXT)",
      "coalesce(TEXT, TEXT)",
      "coalesce(ANY, TEXT)",
      'try(regex("b", W), TEXT)',
      "element([W, W], S)",
      "one(LIST)",
    ],
    ...[
      '"x${ANY}y${TEXT}"',
      '"${TEXT}"',
      '"%{ if BOOL }${TEXT}%{ else }b%{ endif }"',
      '"%{ for x in LIST ~} ${x} %{ endfor ~}|"',
    ],
    ...[
      '"a %{~ if BOOL ~} b %{~ endif ~} c"',
      "regex(P, TEXT)",
      "lookup(MAP, TEXT, TEXT)",
      "MAP.a",
      'MAP["b"]',
      "LIST[I]",
    ],
    ...["(BOOL ? TEXT : TEXT)", "join(TEXT, [TEXT, ANY])", "nonsensitive(sensitive(TEXT))"],
  ],
  LIST: [
    ...[
      "[W, W]",
      "[]",
      "[TEXT]",
      "[TEXT, TEXT]",
      "[ANY, ANY]",
      "[NUMBER, NUMBER]",
      "chunklist(LIST, I)",
      "coalescelist(LIST, LIST)",
    ],
    ...[
      "compact(LIST)",
      "concat(LIST, LIST)",
      "distinct(LIST)",
      "flatten([LIST, [LIST], ANY])",
      "keys(MAP)",
      "values(MAP)",
    ],
    ...[
      "range(I)",
      "range(I, I)",
      "range(0, NUMBER, 2)",
      "reverse(LIST)",
      "setintersection(LIST, LIST)",
      "setproduct(LIST, LIST)",
    ],
    ...[
      "setsubtract([W, W], [W])",
      "setunion([W, W], [W])",
      "slice(LIST, I, I)",
      "sort(LIST)",
      "split(TEXT, TEXT)",
      "tolist(LIST)",
    ],
    ...[
      "toset(LIST)",
      "regexall(P, TEXT)",
      "formatlist(F, LIST)",
      "formatlist(F, TEXT, LIST)",
      "matchkeys(LIST, LIST, LIST)",
    ],
    ...[
      "[for x in LIST : x]",
      '[for i, x in LIST : "${i}" if x != TEXT]',
      "[for k, v in MAP : k]",
      "ANY[*]",
      "MAP[*].a",
    ],
    ...[
      "[MAP, MAP].*.a",
      "[MAP][*].a",
      "jsondecode(J)",
      'csvdecode("a,b\\n1,2\\n")',
      "(BOOL ? LIST : LIST)",
      "cidrsubnets(C, 4, S)",
    ],
  ],
  MAP: [
    ...[
      "{ a = W, b = N }",
      "{}",
      "{ a = ANY }",
      "{ a = TEXT, b = TEXT }",
      "{ (TEXT) = ANY }",
      '{ "b" : ANY, a : NUMBER }',
      "merge(MAP, MAP)",
      "tomap(MAP)",
    ],
    ...[
      "zipmap(LIST, LIST)",
      "transpose({ a = LIST })",
      "{ for x in LIST : x => TEXT }",
      "{ for x in LIST : TEXT => x... }",
    ],
    ...["{ for k, v in MAP : k => v if v != null }", "jsondecode(J)", 'yamldecode("a: [1, x]")', "(BOOL ? MAP : MAP)"],
    ...["regex(X, TEXT)"],
  ],
  ANY: [
    "NUMBER",
    "BOOL",
    "TEXT",
    "TEXT",
    "LIST",
    "MAP",
    "null",
    "try(tonumber(W), ANY)",
    "try({}.a, ANY)",
    "(BOOL ? ANY : ANY)",
    "LIST[I]",
    "MAP[TEXT]",
  ],
};

const leaves: Readonly<Record<string, fc.Arbitrary<string>>> = {
  N: number,
  I: index,
  S: fc.constantFrom("0", "1", "2", "3"),
  W: word,
  P: pattern,
  J: json,
  X: fc.constant('"(?P<a>.)(?P<b>.)?"'),
  F: formatText,
  C: address,
  D: timeFormat,
  U: duration,
  TIME: time,
  OPERATOR: fc.constantFrom("+", "-", "*", "/", "%"),
};

const { ANY: expressions } = fc.letrec<Record<keyof typeof forms, string>>((tie) => {
  const filled = (form: string): fc.Arbitrary<string> => {
    const parts = form.split(/\b([A-Z]+)\b/);
    return fc
      .tuple(...parts.map((part, i) => (i % 2 === 0 ? fc.constant(part) : ofKind(part))))
      .map((all) => all.join(""));
  };
  const ofKind = (kind: string): fc.Arbitrary<string> => {
    const leaf = leaves[kind];
    if (leaf !== undefined) return leaf;
    return isForm(kind) ? tie(kind) : fc.constant(kind);
  };
  const isForm = (kind: string): kind is keyof typeof forms => kind in forms;
  const inForms = (kind: keyof typeof forms) =>
    fc.oneof({ depthSize: "small", withCrossShrink: true, maxDepth: 2 }, ...forms[kind].map(filled));
  return {
    NUMBER: inForms("NUMBER"),
    BOOL: inForms("BOOL"),
    TEXT: inForms("TEXT"),
    LIST: inForms("LIST"),
    MAP: inForms("MAP"),
    ANY: inForms("ANY"),
  };
});

/** Expressions that nobody thought of, the same for the same seed. What is longer nobody could read. */
export function generatedExpressions(seed: number, count: number): readonly string[] {
  return [...new Set(fc.sample(expressions, { seed, numRuns: count }))].filter((one) => one.length <= 160);
}

/** What `terraform console` answers, as JSON or "error"; undefined where there is no `terraform` on the PATH. */
export function askedOfTerraform(expressions: readonly string[]): ReadonlyMap<string, string> | undefined {
  return answersIn(temporaryFolder(), expressions);
}

/** All in one question; where an expression is refused before it is evaluated, halves of them, and so on. */
function answersIn(directory: string, expressions: readonly string[]): ReadonlyMap<string, string> | undefined {
  const each = expressions.map((one) => `try(jsonencode(${one}), "error")`);
  writeFileSync(join(directory, "main.tf"), `locals {\n  answers = [\n${each.join(",\n")}\n  ]\n}\n`);
  const result = spawnSync("terraform", ["console", "-no-color"], {
    cwd: directory,
    input: "base64encode(jsonencode(local.answers))\n",
    encoding: "utf8",
    env: { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" },
  });
  if (result.error !== undefined) return undefined;
  const [, encoded] = /^"([A-Za-z0-9+/=]+)"\s*$/.exec(result.stdout) ?? [];
  if (encoded !== undefined && result.status === 0) {
    const texts: unknown = JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
    const answers = Array.isArray(texts) ? texts.map(String) : [];
    // A zero is a zero.
    return new Map(expressions.map((one, i) => [one, (answers[i] ?? "error").replace(/-0(?![.\d])/g, "0")]));
  }
  const [only] = expressions;
  if (only === undefined || expressions.length === 1) return new Map(only === undefined ? [] : [[only, "error"]]);
  const half = expressions.length >> 1;
  const parts = [expressions.slice(0, half), expressions.slice(half)].map((some) => answersIn(directory, some));
  return new Map(parts.flatMap((part) => [...(part ?? [])]));
}
