import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Asks the `terraform` on the PATH for the value of every expression in the table of function answers, and writes the
 * answers beside them. Run it after adding expressions: `npx tsx scripts/record-functions.ts`.
 */
const folder = join(__dirname, "../fixtures/input/terraform/functions");
const table = join(folder, "console.txt");
const separator = "  =>  ";

const directory = mkdtempSync(join(tmpdir(), "functions-"));
cpSync(join(folder, "module"), directory, { recursive: true });
const lines = readFileSync(table, "utf8").split("\n");
writeFileSync(table, lines.map(answered).join("\n"));
rmSync(directory, { recursive: true });

function answered(line: string): string {
  if (line === "" || line.startsWith("#")) return line;
  const [expression = ""] = line.split(separator);
  return `${expression}${separator}${answerOf(expression)}`;
}

function answerOf(expression: string): string {
  // In Base64, since the console quotes a string in a way of its own.
  const encoded = ask(`base64encode(jsonencode(${expression}))`)?.trim();
  if (encoded === undefined) return "error";
  if (!encoded.startsWith('"')) return "unknown";
  const isSet = expression.includes("set") && ask(`type(${expression})`)?.startsWith("set(") === true;
  return `${isSet ? "set " : ""}${Buffer.from(encoded, "base64").toString("utf8")}`;
}

function ask(expression: string): string | undefined {
  const result = spawnSync("terraform", ["console", "-no-color"], {
    cwd: directory,
    input: `${expression}\n`,
    encoding: "utf8",
    env: { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" },
  });
  return result.status === 0 ? result.stdout : undefined;
}
