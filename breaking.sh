#!/usr/bin/env bash
# Fails if the model breaks users of the last tagged version. Before the first
# tag there is nothing to break.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

tag=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null || true)
if [[ -z "$tag" ]]; then
	echo "breaking.sh: no tag yet, nothing to compare with"
	exit 0
fi
# buf reads its configuration from what it compares with, and there the module
# of validate.proto is missing; so both sides are compared as images.
buf() { go tool -modfile=go.tool.mod buf "$@"; }
rm -rf .breaking && mkdir -p .breaking/before
git archive "$tag" proto | tar -x -C .breaking/before
cp -r .protovalidate buf.offline.yaml .breaking/before
(cd .breaking/before && go tool -modfile=../../go.tool.mod buf build --config buf.offline.yaml -o ../before.binpb)
buf build --config buf.offline.yaml -o .breaking/after.binpb
buf breaking .breaking/after.binpb --against .breaking/before.binpb --config '{"version":"v2","breaking":{"use":["FILE"]}}'
echo "breaking.sh: nothing breaks users of $tag"
