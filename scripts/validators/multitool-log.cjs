// Reads the log that Microsoft's validator writes, which is SARIF itself: node multitool-log.cjs LOG
// Exits 1 where it holds an error, or where the validator did not come to its end.
const { readFileSync } = require("node:fs");

const [, , path] = process.argv;
const log = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
const [run] = log.runs;
const rules = run.tool.driver.rules ?? [];
const bad = (run.results ?? []).filter((result) => levelOf(result) === "error" || levelOf(result) === "warning");
for (const result of bad) {
  const { arguments: words = [], text = "" } = result.message;
  console.log(levelOf(result), result.ruleId, text, words.join(", "));
}
const [invocation] = run.invocations ?? [];
const problems = invocation?.toolConfigurationNotifications ?? [];
for (const problem of problems) console.log("notification", JSON.stringify(problem.message));
process.exitCode = bad.length === 0 && problems.length === 0 && invocation?.executionSuccessful === true ? 0 : 1;

/** A result without a level has that of its rule. */
function levelOf(result) {
  const rule = rules.find(({ id }) => id === result.ruleId);
  return result.level ?? rule?.defaultConfiguration?.level ?? "warning";
}
