import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import declarations from "../fixtures/input/terraform/syntax/declarations.json";
import worths from "../fixtures/input/terraform/syntax/values.json";
import snippets from "../fixtures/input/terraform/syntax/verdicts.json";

/**
 * Asks the `terraform` on the PATH which snippets it accepts, by their syntax and by what they declare, and what expressions
 * are worth, and writes its answers beside them. Run it after adding snippets: `npx tsx scripts/record-syntax.ts`.
 */
const folder = join(__dirname, "../fixtures/input/terraform/syntax");
const variables = `variable "one" {\n  default = 1\n}\nvariable "k" {\n  default = "kk"\n}\nvariable "list" {\n  default = [1]\n}\n`;
const directory = mkdtempSync(join(tmpdir(), "syntax-"));
write("verdicts.json", verdicts());
write("values.json", values());
rmSync(join(directory, "main.tf"));
write("declarations.json", declared());
rmSync(directory, { recursive: true });

function verdicts() {
  snippets.forEach(({ source }, i) => {
    writeFileSync(join(directory, `${i}.tf`), source);
  });
  const { stderr } = terraform(["fmt", "-check", "-write=false", "-no-color", "."], "");
  const rejected = new Set([...stderr.matchAll(/^ {2}on (\d+)\.tf line/gm)].map((match) => Number(match[1])));
  snippets.forEach((_, i) => {
    rmSync(join(directory, `${i}.tf`));
  });
  return snippets.map((snippet, i) => ({ ...snippet, terraform: rejected.has(i) ? "rejects" : "accepts" }));
}

/** `providers` reads all declarations, and asks no provider for anything. What is not installed is no fault of the file. */
function declared() {
  return declarations.map(({ path, source }) => {
    writeFileSync(join(directory, path), source);
    const { stderr } = terraform(["providers", "-no-color"], "");
    rmSync(join(directory, path));
    const faults = [...stderr.matchAll(/^Error: (.*)$/gm)].filter((match) => match[1] !== "Module not installed");
    return { path, source, terraform: faults.length > 0 ? "rejects" : "accepts" };
  });
}

/** Expressions may use `var.one` (1), `var.k` ("kk") and `var.list` ([1]). */
function values() {
  const locals = worths.map(({ expression }, i) => `x${i} = ${expression}\n`);
  writeFileSync(join(directory, "main.tf"), `locals {\n${locals.join("")}}\n${variables}`);
  const all = worths.map((_, i) => `local.x${i}`).join(", ");
  const { stdout, stderr } = terraform(["console", "-no-color"], `base64encode(jsonencode([${all}]))\n`);
  if (!stdout.startsWith('"')) throw new Error(stderr);
  const answers: unknown = JSON.parse(Buffer.from(stdout, "base64").toString("utf8"));
  return worths.map((worth, i) => {
    const value: unknown = Array.isArray(answers) ? answers[i] : undefined;
    return { ...worth, value };
  });
}

function terraform(args: readonly string[], input: string) {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
  return spawnSync("terraform", args, { cwd: directory, input, encoding: "utf8", env });
}

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2).replace(/[\u007f-\uffff]/g, escaped)}\n`);
}

/** Characters that an editor does not show, or shows as others. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
