"""How far a run is: its stages, how long each took, and how many of its pages are done. Says nothing by itself."""

import time


class Progress:
    """Notes the stages of a run; those who talk to people say more about each."""

    def __init__(self) -> None:
        """Begin before the first stage."""
        self.seconds: dict[str, float] = {}
        """Stage -> how many seconds it took so far."""
        self.stage = ""
        self.total = 0
        self.done = 0
        self.unkept = ""
        """Why nothing can be left for the next run; empty where something can."""
        self._since = time.perf_counter()

    def begin(self, stage: str, total: int = 0) -> None:
        """End the stage that runs, and begin another, of `total` pages where it goes page by page."""
        self.end()
        self.stage, self.total, self.done = stage, total, 0
        self.show()

    def step(self, pages: int = 1) -> None:
        """Say that more pages of the stage are done."""
        self.done += pages
        self.show()

    def end(self) -> None:
        """End the stage that runs, where one does."""
        now = time.perf_counter()
        if self.stage:
            self.seconds[self.stage] = self.seconds.get(self.stage, 0.0) + now - self._since
            self.finished()
        self.stage, self._since = "", now

    def say(self, words: str) -> None:
        """Tell people something that they should know while they wait."""

    def keeps_nothing(self, error: OSError | None) -> None:
        """Note what kept a run from leaving something for the next one; whoever talks to people says it in the end."""
        if error is not None and not self.unkept:
            self.unkept = error.strerror or str(error)

    def show(self) -> None:
        """Show where the run is; called often."""

    def finished(self) -> None:
        """Show that a stage is over; its seconds are noted."""
