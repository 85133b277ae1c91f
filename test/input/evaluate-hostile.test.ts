import assert from "node:assert/strict";
import { limits } from "../../src/core/limits";
import type { Value } from "../../src/core/value";
import { projectOf, projectOfText, type OpenProject } from "./modules";
import { valueText } from "./project-text";

/** Asks for everything that there is. */
function evaluated(project: OpenProject): readonly Value[] {
  return project.units.flatMap((unit) => [
    ...unit.modules().flatMap((module) => [...module.variables, ...module.locals].map((one) => one.value())),
    ...unit.instances().flatMap((one) => one.arguments.flatMap(({ name }) => one.argument(name) ?? [])),
    ...unit.outputs.map((one) => one.value()),
  ]);
}

function limitsTold(project: OpenProject): readonly (string | undefined)[] {
  evaluated(project);
  return [...new Set(project.diagnostics().flatMap((one) => (one.kind === "limit" ? [one.limit] : [])))];
}

const forty = Array.from({ length: 40 }, (_, i) => i + 1);

describe("hostile Terraform", () => {
  it("locals that double forty times are unknown and take no time", () => {
    const lists = forty.map((i) => `l${i} = [local.l${i - 1}, local.l${i - 1}]`);
    const texts = forty.map((i) => `t${i} = "\${local.t${i - 1}}\${local.t${i - 1}}"`);
    const maps = forty.map((i) => `m${i} = { a = local.m${i - 1}, b = merge(local.m${i - 1}, {}) }`);
    const project = projectOfText(
      `locals {\nl0 = 1\nt0 = "x"\nm0 = {}\n${[...lists, ...texts, ...maps].join("\n")}\n}`,
    );
    assert.deepEqual(limitsTold(project), ["valueSize"]);
  });

  it("a conditional that asks for both sides forty times is evaluated once each", () => {
    const chain = forty.map((i) => `l${i} = var.x ? local.l${i - 1} : [local.l${i - 1}][0]`);
    const project = projectOfText(`variable "x" { type = bool }\nlocals {\nl0 = "same"\n${chain.join("\n")}\n}`);
    const last = project.units[0]?.modules()[0]?.locals.find((one) => one.name === "l40");
    assert.equal(last && valueText(last.value()), '"same"');
  });

  it("marks through locals that double forty times, or depend on themselves, are open and take no time", () => {
    const chain = forty.map((i) => `l${i} = { a = local.l${i - 1}, b = local.l${i - 1} }`);
    const project = projectOfText(
      `locals {\nl0 = 1\n${chain.join("\n")}\nx = local.y.z\ny = local.x\n}\n` +
        'output "double" {\nvalue = issensitive(jsonencode(local.l40))\n}\noutput "cycle" {\nvalue = issensitive(local.x)\n}',
    );
    const values = project.units[0]?.outputs.map((one) => valueText(one.value()));
    assert.deepEqual(values, ["<unsupported: issensitive()>", "<unsupported: issensitive()>"]);
  });

  it("a chain of ten thousand locals, asked from its end, is over a limit and does not run out of stack", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => `l${i + 1} = try(local.l${i}, "none")`).reverse();
    assert.deepEqual(limitsTold(projectOfText(`locals {\n${chain.join("\n")}\nl0 = 1\n}`)), ["evaluationDepth"]);
  });

  it("resources repeated over each other do not run out of stack", () => {
    const chain = Array.from(
      { length: 1000 },
      (_, i) => `resource "a" "r${i + 1}" {\nfor_each = a.r${i}\nname = each.value.name\n}`,
    ).reverse();
    const first = 'resource "a" "r0" {\nfor_each = { x = 1 }\nname = "x"\n}';
    assert.deepEqual(limitsTold(projectOfText([...chain, first].join("\n"))), ["evaluationDepth"]);
  });

  it("values nested deeper than the limit are unknown", () => {
    const chain = Array.from({ length: 290 }, (_, i) => `l${i + 1} = [local.l${i}]`);
    assert.deepEqual(limitsTold(projectOfText(`locals {\nl0 = 1\n${chain.join("\n")}\n}`)), ["depth"]);
  });

  it("a count of a billion makes the instances that the limit allows, and one for the rest", () => {
    const project = projectOfText('resource "a" "b" {\ncount = 1000000000\nname = "n"\n}');
    const [unit] = project.units;
    assert.equal(unit?.instances().length, limits.items + 1);
    assert.equal(unit.instances().at(-1)?.address, "a.b[*]");
    assert.deepEqual(limitsTold(project), ["items"]);
  });

  it("loops in loops stop at the limit of steps", () => {
    const thousand = "local.thousand";
    const loop = `[for a in ${thousand} : [for b in ${thousand} : length([for c in ${thousand} : c])]]`;
    const text = `"%{for a in ${thousand}}%{for b in ${thousand}}%{for c in ${thousand}}$\{c}%{endfor}%{endfor}%{endfor}"`;
    const project = projectOfText(`locals {\nthousand = range(1000)\nloop = ${loop}\ntext = ${text}\n}`);
    assert.ok(limitsTold(project).includes("steps"));
  });

  it("functions that go over a long list for each of its items stop at the limit of steps", () => {
    const calls = [
      "contains(local.long, x)",
      "index(local.long, x)",
      "length(concat(local.long, [x]))",
      "local.long == [x]",
      "strcontains(local.text, x)",
    ];
    for (const call of calls) {
      const long = Array.from({ length: 20_000 }, (_, i) => `a${i}`).join();
      const project = projectOfText(
        `locals {\ntext = "${long}"\nlong = split(",", local.text)\nall = [for x in local.long : ${call}]\n}`,
      );
      assert.deepEqual(limitsTold(project), ["steps"], call);
    }
  });

  it("an index into a long list for each of its items takes no time", () => {
    const project = projectOfText(
      `locals {\nlong = split(",", "${",".repeat(49_000)}")\nall = [for i, x in local.long : local.long[i]]\n}`,
    );
    assert.deepEqual(limitsTold(project), []);
  });

  it("dynamic blocks in dynamic blocks stop at the limit of steps", () => {
    const dynamic = (inner: string): string => `dynamic "x" {\nfor_each = range(1000)\ncontent {\n${inner}\n}\n}`;
    const project = projectOfText(`resource "a" "b" {\n${dynamic(dynamic(dynamic("c = 1")))}\n}`);
    let count = 0;
    const open = project.units.flatMap((unit) => unit.instances().flatMap((one) => one.allBlocks()));
    for (let block = open.pop(); block !== undefined; block = open.pop()) {
      count++;
      for (const inner of block.allBlocks()) open.push(inner);
    }
    assert.ok(count < limits.steps);
    assert.deepEqual(limitsTold(project), ["steps"]);
  });

  it("undecided conditions do not multiply beyond the limit", () => {
    const names = forty.map((i) => `v${i}`);
    const variables = names.map((name) => `variable "${name}" { type = bool }`);
    const texts = names.map((name) => `\${var.${name} ? "a" : "b"}`);
    const ands = names.map((name) => `var.${name}`);
    const project = projectOfText(
      `${variables.join("\n")}\nlocals {\ntext = "${texts.join("")}"\nand = ${ands.join(" && ")}\n}`,
    );
    assert.deepEqual(limitsTold(project), ["options"]);
  });

  it("a module that calls another twice, twenty deep, is over the limit of calls", () => {
    const twenty = Array.from({ length: 20 }, (_, i) => ({
      path: `m${i}/main.tf`,
      text: `module "a" { source = "../m${i + 1}" }\nmodule "b" { source = "../m${i + 1}" }\n`,
    }));
    const project = projectOf([
      ...twenty,
      { path: "m20/main.tf", text: 'resource "a" "b" {}' },
      { path: "main.tf", text: 'module "a" { source = "./m0" }' },
    ]);
    assert.deepEqual(limitsTold(project), ["moduleCalls"]);
    assert.ok((project.units[0]?.modules().length ?? 0) <= limits.moduleCalls + 1);
  });

  it("forty modules inside each other are over the limit of depth", () => {
    const chain = forty.map((i) => ({ path: `m${i}/main.tf`, text: `module "a" { source = "../m${i + 1}" }` }));
    const project = projectOf([...chain, { path: "m41/main.tf", text: 'resource "a" "b" {}' }]);
    assert.deepEqual(limitsTold(project), ["moduleDepth"]);
  });

  it("a comparison with a password does not tell the password", () => {
    const project = projectOfText(
      'variable "smtp_password" {}\nvariable "word" {}\nlocals {\na = var.smtp_password == "hunter2" ? 1 : 2\n' +
        'b = startswith(var.word, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz") ? 1 : 2\n}\n' +
        'resource "a" "b" {\nfor_each = toset([for x in var.word : "${x}wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz"])\nx = each.key\n}',
    );
    const texts = [...evaluated(project).map(valueText), ...project.diagnostics().map((one) => one.message)];
    assert.doesNotMatch(texts.join("\n"), /hunter2|wJalr/);
  });
});
