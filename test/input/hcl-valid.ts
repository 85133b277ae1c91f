import fc from "fast-check";

/** Text that follows the grammar of the HCL specification, laid out in odd ways. */

const name = fc.constantFrom("a", "b-c", "_d", "é", "for_each", "var");
const space = fc.constantFrom("", " ", "  ", "\t", "/* c */");
const gap = fc.constantFrom("", " ", "\n", "\r\n", " # c\n", "// c\n\n", "/*\n*/");
const number = fc.constantFrom("0", "12", "1.5", "2e3", "1E-2");
const operator = fc.constantFrom("+", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||");
const characters = fc.constantFrom("x", " ", "é", "😀", "$", "%", "$$", "$${", "%%{", "}", "#", "//", "~");
const escapes = fc.constantFrom("\\n", '\\"', "\\\\", "\\u00e9", "\\U0001F600");

const grammar = fc.letrec<{
  expression: string;
  operand: string;
  quoted: string;
  call: string;
  list: string;
  object: string;
}>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small" },
    tie("operand"),
    fc.tuple(tie("operand"), space, operator, tie("operand")).map(([a, s, o, b]) => `${a}${s} ${o} ${b}`),
    fc.tuple(tie("operand"), tie("operand"), tie("expression")).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    name.map((operand) => `!${operand}`),
  ),
  operand: fc.oneof(
    { depthSize: "small" },
    name,
    number,
    fc.constantFrom("true", "false", "null"),
    tie("quoted"),
    tie("call"),
    tie("list"),
    tie("object"),
    fc.tuple(name, name, tie("expression")).map(([a, b, key]) => `${a}.${b}[${key}]`),
    fc.tuple(name, fc.constantFrom("[*].x", ".*.x", "[*].x[0]", ".0.x")).map(([a, step]) => a + step),
    fc.tuple(gap, tie("expression"), gap).map(([before, inner, after]) => `(${before}${inner}${after})`),
    fc.tuple(name, gap, tie("expression")).map(([v, g, list]) => `[for ${v} in ${list} :${g} ${v}]`),
    fc.tuple(name, name, tie("expression")).map(([k, v, map]) => `{for ${k}, ${v} in ${map} : ${k} => ${v} if ${k}}`),
  ),
  // A dollar right before an interpolation would escape it.
  quoted: fc
    .array(
      fc.oneof(
        characters,
        escapes,
        tie("expression").map((inner) => `-\${ ${inner} }`),
      ),
      { maxLength: 4 },
    )
    .map((parts) => `"${parts.join("")}"`),
  call: fc
    .tuple(name, gap, fc.array(tie("expression"), { maxLength: 3 }), fc.constantFrom("", ",", "..."))
    .map(([called, g, args, end]) => `${called}(${g}${args.join(`,${g}`)}${args.length > 0 ? end : ""}${g})`),
  list: fc
    .tuple(gap, fc.array(tie("expression"), { maxLength: 3 }), fc.constantFrom("", ","))
    .map(([g, items, end]) => `[${g}${items.join(`${g},${g}`)}${items.length > 0 ? end : ""}${g}]`),
  object: fc
    .array(fc.tuple(name, fc.constantFrom(" = ", "=", " : "), tie("expression"), fc.constantFrom(",", "\n", ",\n")), {
      maxLength: 3,
    })
    .map((items) => `{${items.map((item) => item.join("")).join("")}}`),
}));

const heredoc = fc
  .tuple(fc.constantFrom("<<", "<<-"), fc.array(fc.tuple(fc.nat({ max: 4 }), characters), { maxLength: 4 }))
  .map(([open, lines]) => {
    const text = lines.map(([indent, inner]) => `${" ".repeat(indent)}y ${inner} z\n`);
    return `h = ${open}EOT\n${text.join("")}  EOT\n`;
  });

const attributes = fc
  .uniqueArray(fc.tuple(name, space, grammar.expression, fc.constantFrom("\n", "\r\n", " # c\n", "\n\n")), {
    maxLength: 3,
    selector: ([key]) => key,
  })
  .map((items) => items.map(([key, s, value, end]) => `${key}${s}=${s}${value}${end}`).join(""));

const comment = fc.constantFrom("", "# c\n", "// c\r\n", "\n", "/* c\n */\n");

export const anyBody = fc
  .tuple(comment, attributes, fc.option(heredoc, { nil: "" }), fc.array(attributes, { maxLength: 2 }))
  .map(([top, items, last, blocks]) => {
    const written = blocks.map((body, i) => `block "l${i}" x {\n${body}}\n`);
    return `${top}${items}${last}${written.join("")}`;
  });
