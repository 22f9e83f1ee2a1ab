"""`python -m explainer` is the command `explainer`: it is ready for Ctrl-C before the rest of the program is loaded."""

import gc
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Load the program and run it; a package that is missing, or Ctrl-C meanwhile, gives a sentence and a status."""
    # Records live as long as a run, and so does its code: frequent collections find nothing and would add half to its time.
    gc.set_threshold(1_000_000, 20, 100)
    try:
        from explainer.cli import main
    except KeyboardInterrupt:
        _leave("stopped; nothing is half-written.", 130)
    except ModuleNotFoundError as error:
        _leave(f"the package {error.name} is missing; install what requirements/build.txt names, as `make` does", 1)
    try:
        main.run()
    except KeyboardInterrupt:  # before it is ready for one
        _leave("stopped; nothing is half-written.", 130)


def _leave(words: str, status: int) -> NoReturn:
    if sys.stderr is not None:  # it is None where the descriptor is closed
        sys.stderr.write(f"explainer: {words}\n")
    sys.exit(status)


if __name__ == "__main__":
    run()
