"""Cards: a picture for every page that has its own, with hostile titles as text."""

import io
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops

from explainer import build
from explainer.docs import ledger
from explainer.figures.graphic import Chart, Graphic, Map, Spot, Table
from explainer.figures.svg import rect
from explainer.library import addresses
from explainer.outputs import card_pictures, cards, figure_pictures, kept_pictures
from explainer.outputs.card_pictures import needs_system_fonts, png
from explainer.outputs.cards import HEIGHT, WIDTH
from explainer.outputs.cards import card as drawn_card
from explainer.pages.card_text import CardText
from tests.conftest import PROJECT, change


def card(site: str, title: str, section: str = "", *numbers: tuple[str, str]) -> str:
    """A card of words, as SVG."""
    return drawn_card(CardText(site, title, section, numbers)).svg


@pytest.mark.parametrize(
    "title", ["Short", "A <b>title</b> & more", "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "word " * 80]
)
def test_a_card_is_sound_svg_that_holds_the_title_as_text(title: str) -> None:
    drawing = ET.fromstring(card("The <site>", title))  # noqa: S314 - our own text, made a line above
    words = [element.text or "" for element in drawing.iter("{http://www.w3.org/2000/svg}text")]

    assert words[0] == "The <site>"
    assert 1 <= len(words) - 1 <= 4
    assert title.replace(" ", "").startswith("".join(words[1:]).replace(" ", "").removesuffix("…"))


def test_every_page_names_a_card_that_is_there(harbour: Path) -> None:
    build.generate(harbour)
    docs = harbour / "docs"
    pages = list(docs.rglob("*.md"))

    assert pages
    for page in pages:
        path = page.relative_to(docs).as_posix()
        text = page.read_text(encoding="utf-8")
        own = addresses.card(path, own=True)
        name = own if f'card: "{own}"' in text else addresses.card(path, own=False)
        data = (docs / name).read_bytes()
        assert f'card: "{name}"' in text
        assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("text", ["What each review changed", "Épée, Łódź, ő ẽ – “q” …", "Что изменил", "Ελληνικά"])
def test_latin_greek_and_cyrillic_letters_need_no_font_of_the_machine(text: str) -> None:
    assert not needs_system_fonts(text)
    assert png(card("A site", text)) == png(card("A site", text), system_fonts=True)


def test_letters_of_another_script_are_looked_for_on_the_machine() -> None:
    assert needs_system_fonts("تفسير")
    assert needs_system_fonts("About 人")


def test_a_title_is_seen_on_its_card() -> None:
    empty, titled, other = (png(card("A site", title)) for title in ("", "One", "Two"))

    assert len({empty, titled, other}) == 3


def test_a_card_is_the_same_in_every_process() -> None:
    code = """import sys; from explainer.outputs import cards; t = cards.CardText('A', 'B')
sys.stdout.buffer.write(cards.card(t).png(system_fonts=False))"""
    made = subprocess.run([sys.executable, "-c", code], cwd=PROJECT / "scripts", capture_output=True, check=True)

    assert made.stdout == drawn_card(CardText("A", "B")).png(system_fonts=False)


def test_a_title_whose_letters_no_font_has_leaves_the_name_of_the_dossier_on_the_card(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_pictures, "_is_drawn", lambda char, *, system_fonts: False)
    change(harbour / "content/explainers/accord.md", ("name: What", "name: 人 What"))
    build.generate(harbour)
    title = build.load(harbour).dossier.title

    assert (harbour / "docs/data/cards/explainers/accord.png").read_bytes() == drawn_card(
        CardText(title, title, "Explainers")
    ).png(system_fonts=False)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not tell its threads")
def test_the_rasteriser_starts_no_thread_so_that_a_process_may_be_forked_after_it() -> None:
    before = len(list(Path("/proc/self/task").iterdir()))
    drawn_card(CardText("A site", "A title")).png(system_fonts=False)

    assert len(list(Path("/proc/self/task").iterdir())) == before


def test_a_card_shows_section_figures_and_drawing_of_its_page_and_a_changed_figure_changes_it() -> None:
    drawing = Graphic("one", "A <finding>", "Says.", Chart(50, rect("exact", 0, 0, 9, 9)), Table((), ()), ("term",), 1)
    text = CardText("A site", "A title", "Ships & boats", (("about 40", "nets <recovered>"),), drawing)
    words = [element.text for element in ET.fromstring(drawn_card(text).svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - as above

    assert words == ["A site", "A title", "Ships & boats", "about 40", "nets <recovered>", "A <finding>"]
    assert 'class="exact"' in drawn_card(text).svg
    assert text.says == "A title. about 40 nets <recovered>. A <finding>"
    assert _dots(text) != _dots(replace(text, numbers=(("41", "nets <recovered>"),)))


def test_a_card_in_layers_is_the_one_of_its_whole_svg_but_for_the_edges_of_letters() -> None:
    drawing = Graphic("one", "", "Says.", Chart(50, rect("exact", 0, 0, 90, 9)), Table((), ()), ("term",), 1)
    bare = CardText("", "", drawing=drawing, sign="M4 12H20M12 4V20")
    text = replace(bare, site="The name of the site", title="A title of several words and then some", section="Ships")
    far = sum(abs(one - other) > 64 for one, other in zip(_dots(text), _dots(text, whole=True), strict=True))

    # What is laid over the ground by the one and by the other is rounded once more or less.
    assert max(abs(one - other) for one, other in zip(_dots(bare), _dots(bare, whole=True), strict=True)) <= 2
    assert far / len(_dots(text)) < 0.01
    assert sum(one != other for one, other in zip(_dots(text), _dots(bare), strict=True)) / len(_dots(text)) > 0.02


@pytest.mark.parametrize(
    "codes", [("SE", "MZ", "BS"), ("AG", "BB", "GD", "MC", "VA", "AU"), ("NO", "SE")], ids=["world", "insets", "part"]
)
def test_a_map_on_a_card_marks_its_countries_above_a_world_that_is_drawn_once(codes: tuple[str, ...]) -> None:
    spots = {code: Spot(4, "It") for code in codes}
    drawing = Graphic("one", "A finding", "Says.", Map(spots, {}, whole=len(codes) > 2), Table((), ()), ("x",), 1)
    text = CardText("A site", "", drawing=drawing)
    apart = [
        abs(one - other) for one, other in zip(_field(text, drawing), _field(text, drawing, whole=True), strict=True)
    ]

    assert max(apart) <= 32
    assert sum(apart) / len(apart) < 0.1
    assert _field(text, drawing) != _field(text, replace(drawing, drawing=Map({}, {}, whole=len(codes) > 2)))


def _field(text: CardText, drawing: Graphic, *, whole: bool = False) -> bytes:
    """The dots of a card below the words beside its drawing."""
    return _dots(replace(text, drawing=drawing), whole=whole)[3 * WIDTH * 150 :]


@pytest.mark.parametrize("height", [50, 900], ids=["low", "that goes on below"])
def test_a_drawing_shows_nothing_beyond_its_field(height: int) -> None:
    drawn = Chart(height, rect("exact", -500, -500, 2000, 2000))
    text = CardText("A site", "", drawing=Graphic("one", "", "Says.", drawn, Table((), ()), ("term",), 1))
    x, _, width, _ = drawn_card(text).part
    with_it, without = (
        Image.frombytes("RGB", (WIDTH, HEIGHT), _dots(each)) for each in (text, replace(text, drawing=None))
    )
    left, _, right, _ = ImageChops.difference(with_it, without).getbbox() or (0, 0, 0, 0)

    assert (x * 2 // 3, (x + width) * 2 // 3) == (412, 758), "what is drawn is a little wider than the field"
    assert (left, right) == (620 * 2 // 3, 758)


def _dots(text: CardText, *, whole: bool = False) -> bytes:
    """The dots of a card, three bytes each; with `whole`, those of its SVG drawn at once."""
    drawn = drawn_card(text)
    data = png(drawn.svg, width=WIDTH) if whole else drawn.png(system_fonts=False)
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def test_a_story_has_a_card_of_its_own_that_is_named_for_ears(harbour: Path) -> None:
    build.generate(harbour)
    page = (harbour / "docs/operations/beacon-2003.md").read_text(encoding="utf-8")

    assert 'card: "data/cards/operations/beacon-2003.png"' in page
    assert (harbour / "docs/data/cards/operations/beacon-2003.png").is_file()
    assert 'pictured: "Operation Beacon' in page


def test_a_kept_picture_is_not_drawn_again_and_a_damaged_one_is(tmp_path: Path) -> None:
    drawn: list[str] = []

    def picture(drawing: str) -> bytes:
        def draw() -> bytes:
            drawn.append(drawing)
            return b"picture"

        return kept_pictures.kept_or_drawn(drawing, draw, keep=True)

    with kept_pictures.kept(tmp_path):
        first = [picture(drawing) for drawing in ("one", "one", "two")]
        for file in (tmp_path / kept_pictures.FOLDER).iterdir():
            file.write_bytes(file.read_bytes() + b"!")
        again = picture("one")
    outside = picture("one")

    assert {*first, again, outside} == {b"picture"}
    assert drawn == ["one", "two", "one", "one"]


def test_a_check_of_sound_records_draws_no_picture(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((cards, "layered"), (figure_pictures, "lettered")):
        monkeypatch.setattr(module, name, _undrawable)

    assert build.check(harbour).problems == ()


def test_a_check_finds_a_card_that_was_changed_by_hand(harbour: Path) -> None:
    build.generate(harbour)
    card = min((harbour / "docs/data/cards").rglob("*.png"))
    before = [build.check(harbour).problems for _ in range(2)]
    card.write_bytes(b"mine")

    assert before == [(), ()]
    assert [problem.path for problem in build.check(harbour).problems] == [card.relative_to(harbour).as_posix()]


def test_a_check_draws_to_compare_with_a_file_that_the_ledger_does_not_know(harbour: Path) -> None:
    build.generate(harbour)
    (harbour / "docs" / ledger.NAME).unlink()

    assert build.check(harbour).problems == ()


def test_what_a_check_did_not_draw_is_drawn_by_the_next_run(harbour: Path) -> None:
    build.generate(harbour)
    card = min((harbour / "docs/data/cards").rglob("*.png"))
    drawn = card.read_bytes()
    card.unlink()
    build.check(harbour)
    build.generate(harbour)

    assert card.read_bytes() == drawn


def _undrawable(*_: object, **__: object) -> bytes:
    raise AssertionError("a picture was drawn")


@pytest.mark.parametrize(("title", "seen"), [("Glossary", 6), ("A title of a section " * 3, 5), ("Words " * 60, 2)])
def test_the_card_of_a_section_says_what_it_holds_and_nothing_leaves_it(title: str, seen: int) -> None:
    holds = "What the words of this dossier mean, each with its source. " * 20
    drawn = drawn_card(CardText("A site", title, summary=holds)).svg
    feet = [float(y) for y in re.findall(r'<text x="64" y="([\d.]+)" font-size="38"', drawn)]

    assert 0 < len(feet) <= seen
    assert max(feet) < 630 - 20
    assert "…" in drawn
    assert "What the words" in drawn_card(CardText("A site", "Glossary", summary=holds)).svg


def test_a_section_without_figures_has_its_summary_on_its_card_and_for_ears(harbour: Path) -> None:
    build.generate(harbour)
    page = (harbour / "docs/glossary/index.md").read_text(encoding="utf-8")
    description, pictured = (re.search(rf"^{key}: (.*)$", page, re.MULTILINE) for key in ("description", "pictured"))

    assert description
    assert pictured
    assert description[1].strip('"') in pictured[1]
