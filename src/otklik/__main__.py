"""`python -m otklik`: the one program."""

import sys

from otklik.config.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
