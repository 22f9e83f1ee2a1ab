"""Progress of a run: its stages, the time that each took, and the pages done; subclasses display it."""

import time


class Progress:
    """Tracks the stages of a run; `say`, `show` and `finished` are hooks that do nothing here."""

    def __init__(self) -> None:
        """Start the clock, before the first stage."""
        self.seconds: dict[str, float] = {}
        """Stage -> seconds spent in it so far."""
        self.stage = ""
        self.total = 0
        self.done = 0
        self.unkept = ""
        """The first error that kept the cache from being written; empty if there was none."""
        self._since = time.perf_counter()

    def begin(self, stage: str, total: int = 0) -> None:
        """End the current stage and begin another; `total` is its number of pages, 0 if it does not go page by page."""
        self.end()
        self.stage, self.total, self.done = stage, total, 0
        self.show()

    def step(self, pages: int = 1) -> None:
        """Add to the number of pages done in the current stage."""
        self.done += pages
        self.show()

    def end(self) -> None:
        """End the current stage, if there is one, and add up its time."""
        now = time.perf_counter()
        if self.stage:
            self.seconds[self.stage] = self.seconds.get(self.stage, 0.0) + now - self._since
            self.finished()
        self.stage, self._since = "", now

    def say(self, words: str) -> None:
        """Show a message to the user while the run continues; a hook for subclasses."""

    def keeps_nothing(self, error: OSError | None) -> None:
        """Remember an error in writing the cache, None for no error; the commands report it at the end."""
        if error is not None and not self.unkept:
            self.unkept = error.strerror or str(error)

    def show(self) -> None:
        """Display the current progress; a hook for subclasses, called at the start of a stage and after each page."""

    def finished(self) -> None:
        """Display that the current stage has ended, with its time in `seconds`; a hook for subclasses."""
