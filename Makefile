# Everything a developer or a build machine asks of this house. `make run` and `make test` need nothing prepared.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench sqlx release clean setup setup-check setup-test setup-bench site policy

# Server, WASM, lints and tests share one compiler and one target folder; set CARGO_TARGET_DIR to keep it elsewhere.
export CARGO_TARGET_DIR ?= $(CURDIR)/target
export SITE ?= $(CURDIR)/target/site
rust := . target/toolchain.sh &&
browser := wasm32-unknown-unknown
wasm := $(CARGO_TARGET_DIR)/$(browser)/wasm-release
modules := $(wasm)/frontend.wasm $(wasm)/passkeys.wasm
# All that runs on this machine; frontend and passkeys are compiled for the browser, the bundle is a tool of the build.
house := --workspace --exclude frontend --exclude passkeys --exclude bundle

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: setup site ## install what is missing, build, and start the demo on http://localhost:3000
	$(rust) cargo run -p server -- demo

test: setup-test site ## every test: Rust, both databases, the browser, Apache with mod_auth_mellon
	$(rust) scripts/test $(house)

check: setup-check site policy ## format, lints, documentation, dependency policy
	$(rust) cargo fmt --all --check
	$(rust) cargo clippy $(house) --all-targets -- -D warnings
	$(rust) cargo clippy -p bundle -- -D warnings
	$(rust) cargo clippy -p frontend -p passkeys -p islands --features islands/hydrate --target $(browser) -- -D warnings
	$(rust) RUSTDOCFLAGS=-Dwarnings cargo doc $(house) --no-deps --quiet
	$(rust) cargo check --locked --quiet --manifest-path server/fuzz/Cargo.toml

bench: setup-bench site ## the figures: page weight, times, processor, memory; one JSON each in target/bench
	$(rust) scripts/bench

sqlx: setup-test ## write down the queries that the storage crates check at compile time
	$(rust) scripts/sqlx

release: setup site ## the server for operation, without the demo's simulator
	$(rust) NSIS_ID_COMMIT=$$(git rev-parse HEAD 2>/dev/null) cargo build --release -p server --no-default-features
	@echo "release: $(CARGO_TARGET_DIR)/release/nsis-id"

clean: ## remove what was built in this checkout
	rm -rf target style/node_modules end2end/node_modules end2end/bench/node_modules end2end/test-results

setup:
	@scripts/setup

setup-check:
	@scripts/setup check

setup-test:
	@scripts/setup test

setup-bench:
	@scripts/setup bench

# Both lines look at what changed by themselves: a second run takes a second.
site: setup
	$(rust) cargo build -p frontend -p passkeys --lib --target $(browser) --profile wasm-release
	$(rust) cargo run --quiet -p bundle -- $(SITE) $(modules)

policy: setup-check
	$(rust) scripts/policy
