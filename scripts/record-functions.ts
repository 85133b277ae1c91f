import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Asks the `terraform` on the PATH for the value of every expression in the tables of answers, of functions and of
 * expressions in a module, and writes the answers beside them. Run it after adding expressions:
 * `npx tsx scripts/record-functions.ts [FOLDER]`.
 */
const fixtures = join(__dirname, "../fixtures/input/terraform");
const separator = "  =>  ";

for (const folder of process.argv.length > 2 ? process.argv.slice(2) : ["functions", "console"]) {
  const directory = mkdtempSync(join(tmpdir(), "console-"));
  cpSync(join(fixtures, folder, "module"), directory, { recursive: true });
  const table = join(fixtures, folder, "console.txt");
  const lines = readFileSync(table, "utf8").split("\n");
  writeFileSync(table, lines.map((line) => answered(line, directory)).join("\n"));
  rmSync(directory, { recursive: true });
}

function answered(line: string, directory: string): string {
  if (line === "" || line.startsWith("#")) return line;
  const [expression = ""] = line.split(separator);
  return `${expression}${separator}${answerOf(expression, directory)}`;
}

function answerOf(expression: string, directory: string): string {
  // In Base64, since the console quotes a string in a way of its own.
  const encoded = ask(`base64encode(jsonencode(${expression}))`, directory)?.trim();
  if (encoded === undefined) return "error";
  if (!encoded.startsWith('"')) return "unknown";
  const maySet = expression.includes("set") || expression.includes("var.");
  const isSet = maySet && ask(`type(${expression})`, directory)?.startsWith("set(") === true;
  return `${isSet ? "set " : ""}${Buffer.from(encoded, "base64").toString("utf8")}`;
}

function ask(expression: string, directory: string): string | undefined {
  const result = spawnSync("terraform", ["console", "-no-color"], {
    cwd: directory,
    input: `${expression}\n`,
    encoding: "utf8",
    env: { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" },
  });
  return result.status === 0 ? result.stdout : undefined;
}
