import fc from "fast-check";
import snippets from "../../fixtures/input/terraform/syntax/verdicts.json";

/** Pieces of the language, valid or not, in any order. */
const pieces = [
  ..."{}()[]=,.:?!*+-/%<>&|~'\"$\\#\n\t ^;`".split(""),
  ...'${ %{ ${~ %{~ ~} }\n $${ %%{ \\" \\n \\u00e9 \\U0001F600 \r\n'.split(" "),
  ..."== != >= <= && || => ... :: [*] .* .0 .0.1 // /* */".split(" "),
  ...["<<EOT\n", "<<-E\n", "EOT\n", "  E\n", "\r", "\ufeff", "é", "😀", "\ud800", "\u00a0"],
  ..."a b-c for in if else endif endfor true null 1 1.5e3 1..2 resource".split(" "),
  ...['"x"', '"${a}"', "x = ", 'block "label" {\n', "{ a = 1 }", "[1, 2]", "f(a...)", "provider::a::b("],
  ...[
    "for x in y : ",
    "%{ if a }",
    "%{ else }",
    "%{ endif }",
    "%{ for x in y }",
    "%{ endfor }",
    'resource "a" "b" {\n',
  ],
];

const anyPieces = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));

/** A snippet with a few places changed. */
export const anyMutation = fc
  .tuple(
    fc.constantFrom(...snippets.map(({ source }) => source)),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.constantFrom("", ...pieces)), { minLength: 1, maxLength: 3 }),
  )
  .map(([source, changes]) =>
    changes.reduce((text, [place, length, piece]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    }, source),
  );

/** Any string, and what looks like HCL. */
export const anyText = fc.oneof(fc.string({ unit: "binary" }), anyPieces, anyMutation);
