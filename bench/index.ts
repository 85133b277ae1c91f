import { benchConditions } from "./conditions";
import { benchHcl } from "./hcl";
import { render } from "./measure";
import { benchStartup } from "./startup";

/** `npm run bench`: ratios measured in one run. Nothing here is a test: a busy machine makes no build fail. */
for (const measured of [benchStartup(), ...benchHcl(), benchConditions()])
  process.stdout.write(`${render(measured)}\n`);
