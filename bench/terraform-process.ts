import { parseConfig } from "../src/input/terraform/parse/parse";
import { timeOf } from "./measure";
import { adapt, instances, modulesOf20 } from "./terraform-corpus";

/**
 * One piece of work in a process of its own. `parse` and `adapt` print the milliseconds that it takes to parse the
 * modules, and to adapt them; `instances 10000` prints the most memory that the process had, in bytes, for so many.
 */
const [work, count] = process.argv.slice(2);
if (work === "instances") {
  adapt([instances(Number(count))]);
  process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
} else {
  const modules = modulesOf20();
  process.stdout.write(String(timeOf(() => (work === "parse" ? modules.map(parseConfig) : adapt(modules)))));
}
