import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measured } from "./measure";

const pairs = 15;

/**
 * A whole run of the command over one small directory, the demo's shop, against Node doing nothing: with the compiled
 * code that an earlier run has kept, as on a developer's machine, and without, as on a runner of CI.
 */
export function benchStartup(): Measured {
  const command = join(__dirname, "../dist/ses-cred-lint.js");
  if (!existsSync(command)) throw new Error("dist/ is missing: npm run build");
  const caches = mkdtempSync(join(tmpdir(), "startup-"));
  const kept = { XDG_CACHE_HOME: caches };
  const nothing: number[] = [];
  const again: number[] = [];
  const first: number[] = [];
  // The first of all keeps the code.
  timeOf([command, "shop"], kept);
  for (let pair = 0; pair < pairs; pair++) {
    nothing.push(timeOf(["-e", "0"], {}));
    again.push(timeOf([command, "shop"], kept));
    first.push(timeOf([command, "shop"], { NODE_DISABLE_COMPILE_CACHE: "1" }));
  }
  rmSync(caches, { recursive: true });
  return {
    what: "Start: a whole run over a Terraform root with a local module, 5 files",
    times: [
      { name: "node -e 0", milliseconds: nothing },
      { name: "ses-cred-lint", milliseconds: again },
      { name: "ses-cred-lint, nothing kept", milliseconds: first },
    ],
    bars: [
      { slow: "ses-cred-lint", fast: "node -e 0", bound: "at most", times: 2 },
      { slow: "ses-cred-lint, nothing kept", fast: "node -e 0", bound: "at most", times: 2.5 },
    ],
  };
}

/** A run with findings ends with status 1; 2 would be another thing than the work that is measured. */
function timeOf(args: readonly string[], set: Readonly<Record<string, string>>): number {
  const cwd = join(__dirname, "../fixtures/demo");
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CI: "", ...set },
  });
  const time = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")}: ${stderr}`);
  return time;
}
