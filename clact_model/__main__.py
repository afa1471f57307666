"""``python -m clact_model VERBE``: see ``python -m clact_model --help``."""

import sys

from clact_model.cli.main import main

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        # Whoever read the answer stopped early (« | head »): nothing is left to say.
        sys.stderr.close()
