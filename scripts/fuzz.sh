#!/bin/sh
# Runs every fuzz target of the program in turn, each for a time: scripts/fuzz.sh 60s
# Ends with the first that fails; what failed is in testdata/fuzz beside it.
set -eu
cd "$(dirname "$0")/.."
time=${1:?how long for each target, as 60s}

go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./... | while read -r package; do
	# Only the lines that are names: go test adds its own verdict.
	targets=$(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true)
	for target in $targets; do
		echo "== $package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10s "$package"
	done
done
