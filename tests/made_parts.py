"""Parts of a hand-written page that a command makes: it prints one, or with `--write` renews it between its two marks."""

import sys
from pathlib import Path


def print_or_write(made: str, page: Path, begin: str, end: str) -> None:
    """Print what was made, or write it into the page between the marks."""
    if sys.argv[1:] == ["--write"]:
        text = page.read_text(encoding="utf-8")
        before, rest = text.split(begin)
        page.write_text(before + begin + made + end + rest.split(end)[1], encoding="utf-8")
    else:
        print(made, end="")
