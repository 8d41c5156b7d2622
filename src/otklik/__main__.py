"""`python -m otklik`: the one program."""

import sys
import warnings

from otklik.config.cli import main

if __name__ == "__main__":
    if not sys.warnoptions:
        # Libraries are compiled at the first start; what their authors should hear is nothing for our terminal.
        warnings.filterwarnings("ignore", category=SyntaxWarning)
    sys.exit(main(sys.argv[1:]))
