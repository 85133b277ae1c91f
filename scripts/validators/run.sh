#!/usr/bin/env bash
# Shows SARIF files to every validator that must accept them: run.sh [[--root DIR] FILE…]
# Without arguments: the file that the committed bundle writes for the demo. Prints a line for each validator and file;
# exits 0 when all accept. DIR holds the sources that the files speak of: with it, the line hashes are compared with
# Microsoft's own. First, broken copies of the first file are shown to the
# validators, and a validator that takes what it must refuse fails too. Installs what is missing.
set -u
here=$(cd "$(dirname "$0")" && pwd)
modules="$here/node_modules"
multitool="$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
schema="$modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json"
# Debian's own Python sees Debian's packages; another one on the PATH may not.
python=/usr/bin/python3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

install() {
  if ! [ -f "$modules/.package-lock.json" ] || [ "$here/package-lock.json" -nt "$modules/.package-lock.json" ]; then
    (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return 1
  fi
  chmod u+x "$multitool" || return 1
  "$python" -c "import jsonschema" 2> /dev/null && return 0
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get -qq update && $sudo apt-get -qq install -y --no-install-recommends python3-jsonschema > /dev/null
}

# It exits 0 whatever it finds: its log says what.
multitool() { # FILE
  rm -f "$work/log.sarif"
  "$multitool" validate "$1" --rule-kind "Sarif;Ghas" --config "$here/ghas.xml" --output "$work/log.sarif" \
    --log ForceOverwrite > "$work/multitool.txt" 2>&1
  node "$here/multitool-log.cjs" "$work/log.sarif"
}

jsonschema() { # FILE
  "$python" -W ignore -m jsonschema -i "$1" "$schema"
}

# It exits 0 for a file that it refuses. It wants a key and a commit, even where it uploads nothing.
datadog() { # FILE
  DD_API_KEY=dry-run DD_GIT_REPOSITORY_URL=https://example.com/infra.git DD_GIT_BRANCH=main \
    DD_GIT_COMMIT_SHA=0000000000000000000000000000000000000001 \
    DD_GIT_COMMIT_AUTHOR_NAME=ci DD_GIT_COMMIT_AUTHOR_EMAIL=ci@example.com \
    DD_GIT_COMMIT_COMMITTER_NAME=ci DD_GIT_COMMIT_COMMITTER_EMAIL=ci@example.com \
    "$modules/.bin/datadog-ci" sarif upload --dry-run --no-ci-tags --env ci "$1" > "$work/datadog.txt" 2>&1
  grep -q "Will upload SARIF report file" "$work/datadog.txt" && ! grep -q "Invalid SARIF" "$work/datadog.txt" && return 0
  cat "$work/datadog.txt"
  return 1
}

assertions() { # FILE
  node "$here/assertions.cjs" "$1"
}

hashes() { # FILE
  node "$here/hashes.cjs" "$root" "$1"
}

show() { # VALIDATOR FILE
  if "$1" "$2" > "$work/out.txt" 2>&1; then
    echo "ok      $1 accepts $(basename "$2")"
  else
    echo "failed  $1 refuses $2"
    head -c 4000 "$work/out.txt"
    failed=1
  fi
}

must_refuse() { # VALIDATOR FILE
  if "$1" "$2" > "$work/out.txt" 2>&1; then
    echo "failed  $1 takes a SARIF file with $(basename "$2" .sarif)"
    failed=1
  else
    echo "ok      $1 refuses $(basename "$2" .sarif)"
  fi
}

root=""
if [ "${1-}" = "--root" ]; then
  root=$2
  shift 2
fi
if [ $# -eq 0 ]; then
  root=$(cd "$here/../.." && pwd)
  (cd "$root" && node dist/ses-cred-lint.js fixtures/demo --exit-zero --format "sarif=$work/demo.sarif") > "$work/out.txt" 2>&1
  set -- "$work/demo.sarif"
  if ! [ -s "$1" ]; then
    echo "failed  no SARIF file was written for the demo"
    cat "$work/out.txt"
    exit 1
  fi
fi
if ! install > "$work/install.txt" 2>&1; then
  echo "failed  the validators could not be installed"
  tail -n 20 "$work/install.txt"
  exit 1
fi

if ! node "$here/broken.cjs" "$1" "$work/broken"; then
  echo "failed  $1 has no result with a code flow, of which broken copies could be made"
  exit 1
fi
for validator in multitool jsonschema datadog assertions hashes; do
  [ "$validator" = hashes ] && [ -z "$root" ] && continue
  for file in "$work/broken/$validator"/*.sarif; do must_refuse "$validator" "$file"; done
  for file in "$@"; do show "$validator" "$file"; done
done
exit "$failed"
