import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `UPDATE_GOLDEN=1` writes golden files, to be reviewed as a diff. */
export const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

/** Compares a text with a committed file, relative to the project. */
export function golden(path: string, actual: string): void {
  if (isUpdate) writeFileSync(fileOf(path), actual);
  assert.equal(actual, recordedIn(path), `${path} differs`);
}

/** What a golden file says. Empty where it is not there. */
export function recordedIn(path: string): string {
  return existsSync(fileOf(path)) ? readFileSync(fileOf(path), "utf8") : "";
}

function fileOf(path: string): string {
  return join(__dirname, "..", path);
}
