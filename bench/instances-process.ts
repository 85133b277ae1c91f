import { readSources } from "../src/core/read";
import { terraform } from "../src/input/terraform";
import { instances } from "./terraform-corpus";

/** Adapts so many instances, and prints the most memory that the process had, in bytes: `instances-process.ts 10000`. */
const source = instances(Number(process.argv[2] ?? 0));
terraform.adapt([{ path: source.path, named: false }], readSources([source]), { parameters: [] });
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
