# Messenger Operator. `make` lists what there is; `make demo` and `make test` do everything on a fresh machine.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CONFIGURATION ?= Release
CLUSTER ?= dev

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## "; print "Usage: make TARGET\n" } /^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## One account of each messenger end to end on a real cluster, from nothing (KEEP=1 leaves it up)
	@tests/demo/demo $(if $(KEEP),--keep)

.PHONY: test
test: ## Everything CI runs: format, generated files, build, unit, integration and end-to-end tests
	@tests/run all

.PHONY: unit
unit: ## The unit tests only; no cluster, seconds
	@tests/run unit

.PHONY: integration
integration: ## The tests against a real kube-apiserver (started by themselves)
	@tests/run integration

.PHONY: e2e
e2e: ## The end-to-end test with real pods
	@tests/run e2e

.PHONY: watch
watch: ## Re-run one project's tests on change: make watch P=Runtime F=Workqueue
	dotnet watch test --project tests/MessengerOperator.$(P).Tests $(if $(F),--filter FullyQualifiedName~$(F))

.PHONY: build
build: ## Build everything
	dotnet build -c $(CONFIGURATION)

.PHONY: format
format: ## Format the code
	dotnet format

.PHONY: generate
generate: ## Write the files that are generated from code (CRD, chart's copy, reference)
	dotnet run --project operator/MessengerOperator.CrdGenerator -c $(CONFIGURATION) -- --output crds

.PHONY: images
images: ## Build the images for the throw-away cluster, without a container engine
	@tests/demo/images

.PHONY: bench-receiver
bench-receiver: ## The receiver beside other servers: processor time, rate, memory (BENCH_SECONDS=1 BENCH_ROUNDS=1 for a quick look)
	@tests/bench/receiver/run

.PHONY: cluster
cluster: ## A throw-away Kubernetes with real pods (CLUSTER=name)
	@tests/cluster/cluster up --name $(CLUSTER)

.PHONY: cluster-down
cluster-down: ## Take the throw-away cluster down and leave nothing behind
	@tests/cluster/cluster down --name $(CLUSTER)

.PHONY: run
run: ## The operator outside the cluster, on the current kubeconfig
	dotnet run --project operator/MessengerOperator.Controller -- --config operator/MessengerOperator.Controller/development.json

.PHONY: receiver
receiver: ## A receiver on its own, with examples/standalone
	dotnet run --project operator/MessengerOperator.Receiver -- --config examples/standalone/receiver.json

.PHONY: clean
clean: ## Remove what builds leave
	rm -rf artifacts; find operator tests -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
