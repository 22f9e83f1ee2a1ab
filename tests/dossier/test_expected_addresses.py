"""The addresses that the questions of the search expect are there: a record that moves or goes takes its questions along."""

import re

from explainer.docs import write
from explainer.library import addresses
from explainer.library.checks.links import pages_of
from tests.conftest import PROJECT, own_library
from tests.dossier.test_questions import SEALED, queries
from tests.grades import questions


def _addresses() -> frozenset[str]:
    """Every page of the real dossier, and every place on a page that is a record's."""
    library = own_library()
    found = {addresses.hosted(page) for page in pages_of(library) | write.hand_written(PROJECT)}
    for entry in library.entries.values():
        page, anchor = addresses.page(entry.record), addresses.anchor(entry.record)
        if page:
            found.add(f"{addresses.hosted(page)}#{anchor}" if anchor else addresses.hosted(page))
    return frozenset(found)


def test_every_address_that_a_question_expects_is_one_of_the_site() -> None:
    asked = [(query.text, page) for query in queries() for page in sorted(query.pages)]
    asked += [(each.text, page) for each in questions(SEALED) for page in sorted(each.best | each.good)]
    there = _addresses()

    assert len(asked) > 100
    # A source stands on the shelf of its letter.
    assert [(text, page) for text, page in asked if re.sub(r"^sources/\w+/#", "sources/#", page) not in there] == []
