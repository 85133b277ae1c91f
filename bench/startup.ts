import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformFiles } from "./corpus";
import type { Measured } from "./measure";

const pairs = 15;

/** A whole run of the command over one small directory, against Node doing nothing. */
export function benchStartup(): Measured {
  const command = join(__dirname, "../dist/ses-cred-lint.js");
  if (!existsSync(command)) throw new Error("dist/ is missing: npm run build");
  const directory = mkdtempSync(join(tmpdir(), "bench-startup-"));
  mkdirSync(join(directory, "infra"));
  for (const [i, text] of terraformFiles(3).entries()) writeFileSync(join(directory, "infra", `${i}.tf`), text);
  const nothing: number[] = [];
  const whole: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    nothing.push(timeOf(["-e", "0"], directory));
    whole.push(timeOf([command, "infra"], directory));
  }
  rmSync(directory, { recursive: true });
  return {
    what: "Start: a whole run over a directory of 3 files",
    times: [
      { name: "node -e 0", milliseconds: nothing },
      { name: "ses-cred-lint", milliseconds: whole },
    ],
    bars: [{ slow: "ses-cred-lint", fast: "node -e 0", bound: "at most", times: 2 }],
  };
}

/** A run with findings ends with status 1; 2 would be another thing than the work that is measured. */
function timeOf(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  const time = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")}: ${stderr}`);
  return time;
}
