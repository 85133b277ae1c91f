import { refOf } from "../../src/core/text";
import type { Path, Value } from "../../src/core/value";
import type { BlockInstance, ModuleInstance, UnitTree } from "../../src/input/terraform/modules/unit-tree";
import type { OpenProject } from "./modules";
import { condition, show } from "./show";

/** All values of a project, a line each, with the problems told: to be compared with a reviewed file. */
export function projectText(project: OpenProject): string {
  const units = project.units.map(unitText);
  const problems = project.diagnostics().map(({ kind, file, message }) => `${kind} in ${file}: ${message}`);
  const files = project.files().map(({ path, status, reason }) => `${path} ${status}${reason ? `: ${reason}` : ""}`);
  return `${[...units, ["", ...problems], ["", ...files]].flat().join("\n").trim()}\n`;
}

function unitText(unit: UnitTree): readonly string[] {
  return [
    "",
    `${unit.kind} ${unit.path === "" ? "." : unit.path}`,
    ...unit.modules().flatMap(moduleText),
    ...unit.outputs.map(
      (one) => `  output ${one.name}${one.sensitive() ? " (sensitive)" : ""} = ${valueText(one.value())}`,
    ),
    ...unit
      .unresolved()
      .flatMap((call) => [
        `  unresolved ${call.address}${condition(call.guard)} from ${call.source ?? "?"}`,
        ...blockText(call.inputs, "    "),
      ]),
  ];
}

function moduleText(module: ModuleInstance): readonly string[] {
  const name = module.address === "" ? [] : [`  ${module.address}${condition(module.guard)} in ${module.dir}`];
  const named = [...module.variables, ...module.locals].map((one) => `  ${one.address} = ${valueText(one.value())}`);
  const resources = module.resources().flatMap((resource) => {
    const provider = resource.provider()?.address;
    const by = provider === undefined ? "" : ` by ${provider}`;
    return [`  ${resource.address}${condition(resource.guard)}${by}`, ...blockText(resource, "    ")];
  });
  return [...name, ...named, ...resources];
}

function blockText(block: BlockInstance, indent: string): readonly string[] {
  const nested = block.allBlocks().flatMap((inner) => {
    const extra = inner.guard.slice(block.guard.length);
    return [
      `${indent}${[inner.type, ...inner.labels].join(" ")}${condition(extra)}`,
      ...blockText(inner, `${indent}  `),
    ];
  });
  const named = block.arguments.flatMap(({ name }) => {
    const value = block.argument(name);

    return [`${indent}${name} ${value === undefined ? "is not set" : `= ${valueText(value)}`}`];
  });
  return [...named, ...nested];
}

export function valueText(value: Value): string {
  const ref = refOf(value);
  const is = ref === undefined ? "" : ` is ${ref.address}.${ref.attribute}`;
  return show(value) + is;
}

/** The steps of the traces in a value, the first one first. */
export function pathText(path: Path): string {
  return `${path.before === undefined ? "" : `${pathText(path.before)}, `}${path.what}`;
}
