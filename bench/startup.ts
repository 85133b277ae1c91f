import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Measured } from "./measure";

const pairs = 15;

/** A whole run of the command over one small directory, the demo's shop, against Node doing nothing. */
export function benchStartup(): Measured {
  const command = join(__dirname, "../dist/ses-cred-lint.js");
  if (!existsSync(command)) throw new Error("dist/ is missing: npm run build");
  const directory = join(__dirname, "../fixtures/demo");
  const nothing: number[] = [];
  const whole: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    nothing.push(timeOf(["-e", "0"], directory));
    whole.push(timeOf([command, "shop"], directory));
  }
  return {
    what: "Start: a whole run over a Terraform root with a local module, 5 files",
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
