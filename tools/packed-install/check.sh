#!/usr/bin/env bash
# Packs every public package, installs them into an empty folder as a user does, and runs them there. The overrides of
# the root package.json do not reach that folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=$PWD/tools/packed-install
publint=$PWD/node_modules/.bin/publint
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mapfile -t public < <(grep -L '"private": true' ./packages/*/package.json | xargs -n 1 dirname)
npm pack --silent --pack-destination "$folder" "${public[@]}"

cd "$folder"
for tarball in *.tgz; do "$publint" "$tarball"; done
printf '{ "private": true }\n' >package.json
npm install --silent ./*.tgz
npm ls fast-uri

echo 'The command:'
tractionboard=node_modules/.bin/tractionboard
"$tractionboard" --version
"$tractionboard" start --once >start.txt
head -n 8 start.txt
"$tractionboard" validate
"$tractionboard" try <"$tools/call.ndjson"

echo 'The source that contribute writes:'
mkdir -p checkout/packages/destination-actions/src/destinations
git init --quiet checkout
printf '{ "name": "action-destinations" }\n' >checkout/package.json
printf "register('0123456789abcdef01234567', './another')\\n" >checkout/packages/destination-actions/src/destinations/index.ts
"$tractionboard" contribute checkout --dry-run >contribute.txt
grep -m 1 tractionboard/__tests__/recordings contribute.txt
grep tractionboard/index.ts contribute.txt

echo 'The destination with actions-core alone:'
cp "$tools/actions-core.cjs" .
node actions-core.cjs

for readme in node_modules/@tractionboard/*/README.md; do
  echo "The first example of $readme:"
  awk '/^```js$/ { shown = 1; next } /^```$/ && shown { exit } shown' "$readme" >example.cjs
  node example.cjs >example.txt || { cat example.txt; exit 1; }
done
