import { readFileSync } from "node:fs";
import { lintSources } from "../src/lint";
import { timeOf } from "./measure";

/** `parse PATH` and `lint PATH` in a process of its own: prints the milliseconds, and the most memory that it had, in bytes. */
const [work, path = ""] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const works = {
  parse: (): unknown => JSON.parse(text),
  lint: () => lintSources([{ path: "plan.json", text }]),
};
const milliseconds = timeOf(work === "parse" ? works.parse : works.lint);
process.stdout.write(`${milliseconds} ${process.resourceUsage().maxRSS * 1024}`);
