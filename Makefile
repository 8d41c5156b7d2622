# Everything goes through ./otklik, which prepares the environment by itself.
.PHONY: run test check bench help

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run:  ## start the product here: database, pages, jobs, mail (Ctrl-C stops it)
	@./otklik up $(ARGS)

test:  ## all checks and all tests, browser tests included
	@./otklik test --all $(ARGS)

check:  ## lint, format, types, import contracts, templates, migrations, translations
	@./otklik check $(ARGS)

bench:  ## load the product and measure (benchmarks/README.md)
	@./otklik bench $(ARGS)
