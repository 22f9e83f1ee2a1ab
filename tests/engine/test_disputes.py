"""What sources differ on stands as a heading, and begins as one; a text that was read is named as such."""

from pathlib import Path

import pytest

from explainer.library.checks.disputes import begins_small
from tests.conftest import Run, change, problems_of

OPERATION = "content/operations/beacon-2001.md"
RESOLUTION = "content/resolutions/1-2.md"
SOURCES = "content/sources/papers.yml"


@pytest.mark.parametrize(
    ("word", "small"),
    [
        ("boats", True),
        ("“boats”", True),
        ("élan", True),
        ("Boats", False),
        ("40", False),
        ("eBay", False),
        ("d’Artagnan", False),
        ("قوارب", False),
        ("船", False),
        ("ßen", True),
        ("…", False),
        ("", False),
    ],
)
def test_a_word_is_small_only_where_its_script_has_capitals_and_it_none(word: str, small: bool) -> None:
    assert begins_small(word) is small


def test_a_dispute_that_begins_with_a_small_letter_is_remarked_at_its_line(harbour: Path, run: Run) -> None:
    change(harbour / OPERATION, ("about: Boats found", "about: boats found"))
    change(harbour / "content/disputes/all.yml", ("title: Who lit", "title: who lit"))
    ran = run("--root", harbour, "check")

    assert ran.status == 0
    told = "remark: begins with a small letter, 'boats'; expected a capital or a digit, because it stands as a heading"
    assert f"{OPERATION}:5:12: {told}" in ran.err
    assert "content/disputes/all.yml:2:10: remark: begins with a small letter, 'who'" in ran.err


def _unnamed(root: Path, url: str, **source: str) -> list[str]:
    """The problems where the first resolution has no text, and the source that it cites has this address."""
    kept = "text: accord-text\n"
    story = (root / RESOLUTION).read_text(encoding="utf-8")
    parts = story[story.index("provisions:") : story.index("\n---\nThe union")]
    change(root / RESOLUTION, (kept, ""), (f"{parts}\n", ""))
    file = root / SOURCES
    head, _, rest = file.read_text(encoding="utf-8").partition("- id: accord-text\n")
    lines = ["- id: accord-text", "  title: Accord", "  publisher: Union", "  language: en", f"  url: {url}"]
    lines += [f"  {name}: {value}" for name, value in {"kind": "official", "seen": "full", **source}.items()]
    after = rest[rest.index("\n- id:") :] if "\n- id:" in rest else "\n"
    file.write_text(head + "\n".join(lines) + after, encoding="utf-8")
    return [problem for problem in problems_of(root) if problem.startswith(RESOLUTION)]


@pytest.mark.parametrize("url", ["https://u.example/U/RES/1/2", "https://u.example/doc?symbol=U%2FRES%2F1%2F2"])
def test_a_resolution_whose_text_was_read_and_is_cited_has_to_name_it(url: str, harbour: Path) -> None:
    (problem,) = [each for each in _unnamed(harbour, url) if "stands at the address" in each]

    assert problem.startswith(f"{RESOLUTION}:5:9: U/RES/1/2 stands at the address of 'accord-text'")
    assert "expected text: accord-text; add it" in problem


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://u.example/U/RES/1/2", {"seen": "not-seen"}),
        ("https://u.example/U/RES/1/2", {"kind": "press"}),
        ("https://u.example/U/RES/1/23", {}),
        ("https://u.example/XU/RES/1/2", {}),
    ],
)
def test_a_source_that_is_not_the_text_or_was_not_read_is_left_alone(
    url: str, source: dict[str, str], harbour: Path
) -> None:
    assert [each for each in _unnamed(harbour, url, **source) if "stands at the address" in each] == []


def test_a_resolution_that_names_its_text_is_left_alone(harbour: Path) -> None:
    assert problems_of(harbour) == []
