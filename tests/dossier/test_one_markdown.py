"""The texts of this dossier are shown as a CommonMark previewer shows them."""

from tests.conftest import own_library
from tests.engine.previewer import marked_prose, page, previewed, shape


def test_every_text_of_the_dossier_is_shown_as_a_previewer_shows_it() -> None:
    texts = list(marked_prose(own_library()))

    assert len(texts) > 300
    assert [text for text, story in texts if shape(page(text, story=story)) != previewed(text, story=story)] == []
