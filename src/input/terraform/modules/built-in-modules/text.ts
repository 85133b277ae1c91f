/** Variables with what they are when nobody sets them. `undefined`: they must be set. */
export function variables(defaults: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(defaults)
    .map(([name, value]) => `variable "${name}" {${value === undefined ? "" : ` default = ${value} `}}\n`)
    .join("");
}

/** One value under all names that it had in the versions of a module. */
export function output(names: readonly string[], value: string, mark?: "sensitive"): string {
  const sensitive = mark === undefined ? "" : "  sensitive = true\n";
  return names.map((name) => `output "${name}" {\n  value = ${value}\n${sensitive}}\n`).join("");
}
