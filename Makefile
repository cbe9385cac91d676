# 桑梓 sangzi. `make` lists the targets.
SHELL := /bin/sh
TOOL := go tool -modfile=tools/go.mod

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: ## build and start the demonstration on http://127.0.0.1:8080
	go run ./cmd/sangzi demo

.PHONY: build
build: ## the program as bin/sangzi
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o bin/sangzi ./cmd/sangzi

# The journeys through a whole quarter are walked without the race detector, which makes them five
# times as long: what runs side by side is tested beside its package, and by two servers.
.PHONY: test
test: check ## everything: checks, then all tests; installs what they need where it may
	scripts/fuzz.sh 1000x
	@env=$$(scripts/test-setup.sh) || exit; for one in $$env; do export "$$one"; done; \
	go test -race -timeout 40m $$(go list ./... | grep -v -E '/test/(browser|quarter)$$') && \
	go test -race -run 'TwoServers' ./test/quarter && \
	go test -timeout 40m ./test/browser ./test/quarter

.PHONY: check
check: ## format, vet, generated files fresh, golangci-lint
	@bad=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); if [ -n "$$bad" ]; then echo "not gofmt-ed:"; echo "$$bad"; exit 1; fi
	go vet ./...
	scripts/check-generated.sh
	go tool -modfile=tools/lint/go.mod golangci-lint run ./...

.PHONY: generate
generate: ## templates (templ), scripts and styles (esbuild)
	go generate ./...

.PHONY: fuzz
fuzz: ## a minute of fuzzing for each reader and parser
	scripts/fuzz.sh 60s

.PHONY: bench
bench: ## the figures of README, with the commands that make them
	scripts/bench.sh --write
