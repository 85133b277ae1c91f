import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { temporaryFolder } from "../temporary";

/** The command as users run it: bundled from the sources of now, in a process of its own. */
export interface Command {
  run(args: readonly string[], options?: { cwd?: string; env?: Readonly<Record<string, string>> }): Outcome;
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function bundleCommand(): Command {
  const folder = temporaryFolder();
  const outfile = join(folder, "command.js");
  buildSync({ entryPoints: ["src/cli/main.ts"], bundle: true, platform: "node", target: "node20", outfile });
  return {
    run(args, { cwd = folder, env = {} } = {}) {
      const { PATH = "" } = process.env;
      const spawned = spawnSync(process.execPath, [outfile, ...args], { cwd, env: { PATH, ...env }, encoding: "utf8" });
      return { status: spawned.status, stdout: spawned.stdout, stderr: spawned.stderr };
    },
  };
}
