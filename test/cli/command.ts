import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

/** The command as users run it: bundled from the sources of now, in a process of its own. */
export interface Command {
  run(args: readonly string[], options?: { cwd?: string; env?: Readonly<Record<string, string>> }): Outcome;
  remove(): void;
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function bundleCommand(): Command {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  const outfile = join(folder, "command.js");
  buildSync({ entryPoints: ["src/cli/main.ts"], bundle: true, platform: "node", target: "node20", outfile });
  return {
    run(args, { cwd = folder, env = {} } = {}) {
      const { PATH = "" } = process.env;
      const spawned = spawnSync(process.execPath, [outfile, ...args], { cwd, env: { PATH, ...env }, encoding: "utf8" });
      return { status: spawned.status, stdout: spawned.stdout, stderr: spawned.stderr };
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** A folder with files in it, by path. It is a repository of its own, so that nothing above it is its root. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), "folder-"));
  mkdirSync(join(folder, ".git"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
