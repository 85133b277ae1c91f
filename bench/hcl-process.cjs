// One parser in a process of its own: node hcl-process.cjs PARSER MODULE FILES. Prints the milliseconds of the first pass
// over the files, loading the parser included, and of the third pass, when what is run often has been compiled.
const { readFileSync } = require("node:fs");

const [parser, module_, files] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(files, "utf8"));

const parsers = {
  ours:
    ({ parseConfig }) =>
    (text) =>
      parseConfig({ path: "a.tf", text }),
  "hcl2-parser":
    ({ parseToString }) =>
    (text) =>
      parseToString(text),
  "@cdktf/hcl2json":
    ({ parse }) =>
    (text) =>
      parse("a.tf", text),
};

async function main() {
  const start = performance.now();
  const parse = parsers[parser](require(module_));
  const first = await pass(parse, start);
  await pass(parse);
  console.log(`${first} ${await pass(parse)}`);
}

async function pass(parse, start = performance.now()) {
  for (const text of texts) await parse(text);
  return performance.now() - start;
}

// hcl2json's Go runtime keeps the process alive.
main().then(() => process.exit(0));
