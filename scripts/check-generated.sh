#!/bin/sh
# Generated files must be those that the generators make now.
set -eu
cd "$(dirname "$0")/.."
before=$(git ls-files -s -o -c --exclude-standard -- '*_templ.go' 'internal/web/static/dist' | awk '{print $NF}' | sort -u | xargs -r sha256sum)
go generate ./...
after=$(git ls-files -s -o -c --exclude-standard -- '*_templ.go' 'internal/web/static/dist' | awk '{print $NF}' | sort -u | xargs -r sha256sum)
if [ "$before" != "$after" ]; then
	echo "generated files are not fresh; run make generate and commit:" >&2
	{ echo "$before"; echo "$after"; } | sort | uniq -u | awk '{print $2}' | sort -u >&2
	exit 1
fi
