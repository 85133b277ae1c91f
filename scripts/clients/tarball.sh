#!/usr/bin/env bash
# Proves the package as it is published: packed, run by npx in an empty folder without network, and its types compiled by
# a consumer in each of TypeScript's module modes. Needs `npm ci` to have run.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
npm pack --silent --pack-destination "$work" > /dev/null
mkdir -p "$work/empty/infra"
mv "$work"/ses-cred-lint-*.tgz "$work/empty"
cp "$root/scripts/clients/bad.tf" "$work/empty/infra/mail.tf"
cd "$work/empty"
offline=(env npm_config_offline=true npm_config_cache="$work/cache" npm_config_yes=true)
# With a network namespace of its own the process could not reach anything if it tried.
unshare -n true 2> /dev/null && offline=(unshare -n "${offline[@]}")
status=0
"${offline[@]}" npx ./ses-cred-lint-*.tgz ./infra > "$work/out" 2> "$work/err" || status=$?
if [ "$status" != 1 ] || ! grep -q smtp-password-is-secret-key "$work/out"; then
  echo "npx ended with $status" && cat "$work/out" "$work/err" && exit 1
fi
echo "ok npx"

mkdir "$work/consumer"
cd "$work/consumer"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --offline --cache "$work/cache" "$work"/empty/ses-cred-lint-*.tgz > /dev/null
[ "$(ls node_modules)" = ses-cred-lint ] || { echo "the package brings others:" && ls node_modules && exit 1; }
cat > index.ts << 'TS'
import { lint, lintSources, rules, type Report, type ReportedFinding, type Rule } from "ses-cred-lint";

const report: Report = lint(["infra"], { cwd: "/nowhere", rules: ["smtp-user-cannot-send"] });
const first: ReportedFinding | undefined = lintSources([{ path: "main.tf", text: "" }]).findings[0];
const ids: readonly string[] = rules.map((rule: Rule) => rule.id);
// @ts-expect-error a report cannot be changed
report.outcome = "clean";
export const told = [first?.level, report.complete, ids];
TS
for mode in "commonjs --moduleResolution node10" "node16" "esnext --moduleResolution bundler"; do
  # shellcheck disable=SC2086
  node "$root/node_modules/typescript/bin/tsc" --strict --noEmit --target es2022 --module $mode index.ts
done
echo "ok types"
cat > run.cjs << 'JS'
const { lintSources, rules } = require("ses-cred-lint");
const report = lintSources([{ path: "main.tf", text: 'resource "aws_iam_access_key" "k" {\n  user = "root"\n}\n' }]);
if (rules.length === 0 || !report.findings.some((finding) => finding.rule === "root-access-key")) process.exit(1);
JS
node run.cjs
echo "ok api"
