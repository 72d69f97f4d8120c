# Every command of the project: this file names them, poukama/operations does them.
PYTHON ?= python3
MAKEFLAGS += --no-print-directory
DO = exec $(PYTHON) -m poukama.operations.environment

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix test-fast test-ops demo screens bench lock

help: ## List the commands
	@$(DO) help

setup: ## Make the environment and compile the texts; no database
	@$(DO) setup

run: ## Start Poukama on this machine; Ctrl-C stops it
	@$(DO) run

test: ## Run every check and every test
	@$(DO) test

check: ## Lint, types, import contracts, translations
	@$(DO) check

fix: ## Mend what lint and format can mend by themselves
	@$(DO) fix

test-fast: ## The tests without browser journeys and whole installations
	@$(DO) test-fast

test-ops: ## The tests that start, kill and stop whole installations, a thousand times
	@$(DO) test-ops

demo: ## Load the demo anew into the practice database
	@$(DO) demo

screens: ## Take the README's pictures
	@$(DO) screens

bench: ## Measure, beside a plain page
	@$(DO) bench

lock: ## Write the locks of the requirements anew
	@$(DO) lock
