#!/bin/sh
# Fetches the files that the mutation run edits. Their scripts never run.
set -eu
cd "$(dirname "$0")/corpus"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund >&2
fi
