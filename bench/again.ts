import { benchConditions } from "./conditions";
import { render } from "./measure";
import { benchTerraformAgain } from "./terraform-again";

/** What is measured in one process that does its work again and again. It is run bundled, as `dist` is. */
for (const measured of [...benchTerraformAgain(), benchConditions()]) process.stdout.write(`${render(measured)}\n`);
