"""The decisions: one page for each part of the project, and the page that lists them all.

`python -m tests.decisions` prints the list of `docs/contributing/decisions.md`, which is made from the headings of the pages;
`--write` renews it there.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from explainer.reading.headings import slug, title
from tests.made_parts import print_or_write

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "contributing" / "decisions.md"
FOLDER = PAGE.with_suffix("")
BEGIN, END = "<!-- decisions: made by python -m tests.decisions --write -->\n", "<!-- end of decisions -->\n"

PARTS = (
    "records",
    "data",
    "pages",
    "search",
    "answers",
    "visitors",
    "scripts",
    "figures",
    "access",
    "building",
    "costs",
    "memory",
    "checks",
    "code",
    "libraries",
)
"""The pages in their order."""
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def headings(part: str) -> list[tuple[int, str]]:
    """The headings of a page, each with its level."""
    text = _CODE.sub("", (FOLDER / f"{part}.md").read_text(encoding="utf-8"))
    return [(len(marks), words) for marks, words in _HEADING.findall(text)]


def listed(found: Mapping[str, list[tuple[int, str]]]) -> str:
    """Every page with the decisions on it, each a link to its heading."""
    lines = []
    for part, ((_, name), *decisions) in found.items():
        lines += [f"## [{name}]({FOLDER.name}/{part}.md)", ""]
        lines += [f"- [{words}]({FOLDER.name}/{part}.md#{slug(title(words))})" for _, words in decisions]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Print the list, or write it into the page."""
    print_or_write(listed({part: headings(part) for part in PARTS}), PAGE, BEGIN, END)


if __name__ == "__main__":
    main()
