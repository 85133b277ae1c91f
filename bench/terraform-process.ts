import { parseConfig } from "../src/input/terraform/parse/parse";
import { timeOf } from "./measure";
import { adapt, instances, modulesOf20 } from "./terraform-corpus";

/**
 * One piece of work in a process of its own. `parse` and `adapt` print the milliseconds that it takes to parse the
 * modules, and to adapt them; `memory 10000` and `instances 10000` what so many instances take: the most memory that the
 * process had, in bytes, and the milliseconds.
 */
const [work, count] = process.argv.slice(2);
if (work === "instances" || work === "memory") {
  const source = instances(Number(count));
  const time = timeOf(() => adapt([source]));
  process.stdout.write(String(work === "memory" ? process.resourceUsage().maxRSS * 1024 : time));
} else {
  const modules = modulesOf20();
  process.stdout.write(String(timeOf(() => (work === "parse" ? modules.map(parseConfig) : adapt(modules)))));
}
