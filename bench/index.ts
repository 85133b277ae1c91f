import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundled } from "./bundle";
import { benchHcl } from "./hcl";
import { render, renderMemory, type Measured, type Memory } from "./measure";
import { benchPlans } from "./plans";
import { benchStartup } from "./startup";
import { benchInstances, benchMemory, benchTerraform } from "./terraform";
import { benchTemplates } from "./templates";

/** `npm run bench`: ratios measured in one run. Nothing here is a test: a busy machine makes no build fail. */
tell(benchStartup());
for (const measured of benchHcl()) tell(measured);
tell(benchTerraform());
tell(benchInstances());
tellMemory(benchMemory());
const plans = benchPlans();
tell(plans.time);
tellMemory(plans.memory);
for (const measured of benchTemplates()) tell(measured);
tellAgain();

function tell(measured: Measured): void {
  process.stdout.write(`${render(measured)}\n`);
}

function tellMemory(memory: Memory): void {
  process.stdout.write(`${renderMemory(memory)}\n`);
}

function tellAgain(): void {
  const directory = mkdtempSync(join(tmpdir(), "bench-again-"));
  spawnSync(process.execPath, [bundled("again.ts", directory)], { stdio: "inherit" });
  rmSync(directory, { recursive: true });
}
