"""Values that are kept between runs come back as they were, and every kind of error that has words of its own exists."""

import datetime as dt
import marshal
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from explainer.base.values import PartialDate
from explainer.kinds.source import Seen, SourceKind
from explainer.library.freshness import Age
from explainer.library.loaded_record import Mention, Mentions
from explainer.pages.record_statements import RecordStatements, SourceRead, Statement
from explainer.records import messages

FULL = RecordStatements(
    confidence={"plain": 2, "range": 1},
    number={Statement.FIGURE: 3, Statement.FACT: 1},
    official={Statement.FIGURE: 2, Statement.FACT: 0},
    first=dt.date(998, 1, 1),
    last=dt.date(2018, 9, 30),
    age=Age(PartialDate(2027, 1), PartialDate(2018, 9, 18)),
    unofficial=False,
    source=SourceRead(SourceKind.OFFICIAL, next(iter(Seen)), described=True),
)
EMPTY = RecordStatements({}, {}, {}, None, None, Age(None, None), unofficial=True, source=None)


@pytest.mark.parametrize("statements", [FULL, EMPTY])
def test_what_a_record_states_comes_back_from_its_text(statements: RecordStatements) -> None:
    assert RecordStatements.decoded(statements.encoded()) == statements


def test_mentions_come_back_from_the_cache_of_records() -> None:
    mentions = Mentions(
        named=(
            Mention("cite", ("source", "gazette"), in_prose=False),
            Mention("body", ("source", "log"), in_prose=True),
        ),
        links=(("goals/3.md", None), ("terms/index.md", "lamp")),
        faulty=False,
        uncited=("In 2018 they met.",),
        names=("Beacon 2018",),
        anchors=("op-1",),
        figures=2,
        hosts=("gazette.example",),
        sentences=("In 2018 they met.",),
        shown=("", "log"),
    )

    kept = marshal.loads(marshal.dumps(mentions.packed()))  # noqa: S302 - our own values

    assert Mentions.unpacked(kept) == mentions
    assert [mention.source for mention in mentions.named] == ["gazette", "log"]


def test_every_kind_of_error_with_words_of_its_own_is_one_that_validation_raises() -> None:
    known = {*messages._MESSAGES, *messages._SAY_THEMSELVES}

    assert known - set(get_args(ErrorType)) == set()
