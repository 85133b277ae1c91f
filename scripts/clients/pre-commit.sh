#!/usr/bin/env bash
# Proves .pre-commit-hooks.yaml with the real pre-commit: try-repo, and commits in a repository that uses the hooks.
# Needs git, and pre-commit or apt-get to install it. Exits with 0 when every hook refuses the bad file and takes the good.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v pre-commit > /dev/null || { apt-get update -qq && apt-get install -y -qq pre-commit; } > /dev/null 2>&1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME="$work/home" GIT_CONFIG_GLOBAL="$work/gitconfig"
git config --global user.name test
git config --global user.email test@example.com
git config --global init.defaultBranch main
git config --global --add safe.directory '*'

# A clone, as users have it: what is not committed is not there.
git clone -q "$root" "$work/hooks"
rev=$(git -C "$work/hooks" rev-parse HEAD)

fails_with() { # PATTERN COMMAND…: the command fails, and its output has the pattern
  local pattern=$1
  shift
  if "$@" > "$work/log" 2>&1; then
    echo "passed, and should have failed: $*" && cat "$work/log" && return 1
  fi
  grep -q "$pattern" "$work/log" || { echo "no $pattern in the output of: $*" && cat "$work/log" && return 1; }
}

for hook in ses-cred-lint ses-cred-lint-script; do
  consumer="$work/$hook"
  git init -q "$consumer"
  cd "$consumer"
  cp "$root/scripts/clients/bad.tf" mail.tf
  git add .
  fails_with smtp-password-is-secret-key pre-commit try-repo "$work/hooks" "$hook" --all-files

  printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: %s\n' "$work/hooks" "$rev" "$hook" > .pre-commit-config.yaml
  git add .
  pre-commit install > /dev/null
  fails_with smtp-password-is-secret-key git commit -m "The secret key is no SMTP password"
  sed -i 's/mailer\.secret$/mailer.ses_smtp_password_v4/' mail.tf
  git add .
  git commit -q -m "The SMTP password is derived" > "$work/log" 2>&1 || { cat "$work/log" && exit 1; }
  echo "ok $hook"
done
