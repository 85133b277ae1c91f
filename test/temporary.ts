import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const made: string[] = [];

/** An empty folder, which is there until all tests have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ses-cred-lint-test-"));
  made.push(folder);
  return folder;
}

/** A folder with files in it, by path. It is a repository of its own, so that nothing above it is its root. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, ".git"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

after(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});
