import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Compares a text with a committed file, relative to the project. `UPDATE_GOLDEN=1` writes it, to be reviewed as a diff. */
export function golden(path: string, actual: string): void {
  const file = join(__dirname, "..", path);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, actual);
  assert.equal(actual, existsSync(file) ? readFileSync(file, "utf8") : "", `${path} differs`);
}
