import { benchConditions } from "./conditions";
import { benchHcl } from "./hcl";
import { render, renderMemory } from "./measure";
import { benchPlans } from "./plans";
import { benchStartup } from "./startup";
import { benchMemory, benchTerraform } from "./terraform";
import { benchTemplates } from "./templates";

/** `npm run bench`: ratios measured in one run. Nothing here is a test: a busy machine makes no build fail. */
const benches = [
  () => [benchStartup()],
  benchHcl,
  benchTerraform,
  benchPlans,
  () => [benchConditions()],
  benchTemplates,
];
for (const bench of benches) for (const measured of bench()) process.stdout.write(`${render(measured)}\n`);
process.stdout.write(`${renderMemory(benchMemory())}\n`);
