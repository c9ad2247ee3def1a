#!/usr/bin/env bash
# Regenerates everything that is made from the .proto files:
#
#   bash generate.sh           write it
#   bash generate.sh --check   fail if what is committed differs
#
# buf is pinned in go.tool.mod, protoc-gen-go in go.mod. No registry is needed:
# validate.proto comes from the Go module cache.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

protovalidate=github.com/bufbuild/protovalidate@v1.2.2
dir=$(go mod download -json "$protovalidate" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
rm -rf .protovalidate && mkdir -p .protovalidate
cp -r "$dir/proto/protovalidate/." .protovalidate && chmod -R u+w .protovalidate

buf() { go tool -modfile=go.tool.mod buf "$@"; }
config=(--config buf.offline.yaml --path proto/reviewpkg)

buf format --config buf.offline.yaml --path proto/reviewpkg -w
buf lint "${config[@]}"
buf generate "${config[@]}"
# The comments of the .proto files, for JSON Schema descriptions: Go code does
# not carry them. Imports are left out; the program links them.
buf build "${config[@]}" --as-file-descriptor-set --exclude-imports -o export/model.binpb
# The reference of the model, from the same comments.
go run ./examples/reference

if [[ "${1:-}" == --check ]]; then
	git diff --exit-code -- proto export/model.binpb
	if [[ -n "$(git status --porcelain -- proto export/model.binpb)" ]]; then
		git status --short -- proto export/model.binpb
		echo "generate.sh: generated files are not committed" >&2
		exit 1
	fi
fi
