"""The links between goals and the global goals that they serve: counted as pairs, and told with whose words they are."""

from pathlib import Path

import pytest

from explainer import build
from explainer.figures.graphic import Graphic
from explainer.library.library import Library
from explainer.pages.composers import compose
from explainer.pages.render import outputs

SERVES = """sdgs:
  - {sdg: "14", link: direct, all_goals: true, basis: official, cite: [log-2001]}
  - {sdg: "14", targets: ["14.1"], basis: editorial}
  - {sdg: "14", targets: ["14.1"], link: direct, basis: official, cite: [log-2001]}
  - {sdg: "15", link: indirect, our_label: true, all_goals: true, basis: official, cite: [log-2001]}
  - {sdg: "16", basis: editorial}
"""
SDGS = """
- {id: "15", number: 15, name: SDG 15, cite: [log-2001]}
- {id: "16", number: 16, name: SDG 16, cite: [log-2001]}
"""


@pytest.fixture
def library(harbour: Path) -> Library:
    goal, sdgs = harbour / "content/goals/1.md", harbour / "content/sdgs.yml"
    text = goal.read_text(encoding="utf-8")
    goal.write_text(text.replace(text[text.index("sdgs:") : text.index("capabilities:")], SERVES), encoding="utf-8")
    sdgs.write_text(sdgs.read_text(encoding="utf-8") + SDGS, encoding="utf-8")
    return build.load(harbour)


def _drawing(library: Library) -> Graphic:
    page = next(page for page in compose(library) if page.path == "goals/index.md").composed()
    return next(graphic for graphic in page.graphics if graphic.id == "goals-and-sdgs")


def test_links_are_counted_as_pairs_of_two_goals(library: Library) -> None:
    made = _drawing(library)

    assert made.title == "Sources state 2 of 3 links between goals"
    assert made.notes == ("1 of them is stated for all goals together only.",)


def test_a_word_that_is_ours_is_called_ours(library: Library) -> None:
    labels = {key.label for key in _drawing(library).legend}
    pages = {item.path: item.data.decode() for item in outputs(library, compose(library))}

    assert labels == {"direct, stated by a source", "indirect (our label), stated by a source", "our classification"}
    assert "indirect (our label), stated by a source" in pages["goals/1.md"]


def test_a_global_goal_says_each_basis_of_a_goal_once(library: Library) -> None:
    pages = {item.path: item.data.decode() for item in outputs(library, compose(library))}

    assert "(stated by a source; our classification)" in pages["sdgs/index.md"]
    assert "our classification; stated by a source" not in pages["sdgs/index.md"]
