"""Cards: a picture for every page that has its own, with hostile titles as text."""

import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from explainer import build
from explainer.library import addresses
from explainer.outputs.cards import HEIGHT, WIDTH, card


@pytest.mark.parametrize(
    "title", ["Short", "A <b>title</b> & more", "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "word " * 80]
)
def test_a_card_is_sound_svg_that_holds_the_title_as_text(title: str) -> None:
    drawing = ET.fromstring(card("The <site>", title))  # noqa: S314 - our own text, made a line above
    words = [element.text or "" for element in drawing.iter("{http://www.w3.org/2000/svg}text")]

    assert words[0] == "The <site>"
    assert 1 <= len(words) - 1 <= 4
    assert title.startswith(" ".join(words[1:]).removesuffix("…"))


def test_every_page_names_a_card_that_is_there(harbour: Path) -> None:
    build.generate(harbour)
    docs = harbour / "docs"
    pages = list(docs.rglob("*.md"))

    assert pages
    for page in pages:
        name = addresses.card(page.relative_to(docs).as_posix())
        data = (docs / name).read_bytes()
        assert f'card: "{name}"' in page.read_text(encoding="utf-8")
        assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT)
