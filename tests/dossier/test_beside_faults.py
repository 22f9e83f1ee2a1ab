"""Beside a broken record of this dossier, no message names a file that is right."""

from collections import Counter
from pathlib import Path

from tests.conftest import PROJECT, copied, own_library
from tests.spoilt_records import misled, records, remember, spoilt

TRIED = 8
"""So many records are broken, each of another kind: those that most others name."""


def test_a_broken_record_that_many_others_name_is_told_and_no_file_that_is_right(tmp_path: Path) -> None:
    root = remember(copied(PROJECT, tmp_path / "dossier"))
    named = Counter(mention.target for entry in own_library().entries.values() for mention in entry.known.named)
    most = {kind: ident for (kind, ident), _ in reversed(named.most_common())}
    tried = sorted(most, key=lambda kind: -named[kind, most[kind]])[:TRIED]
    found = {}
    for model, document in records(root):
        if model.KIND in tried and document.data["id"] == most[model.KIND]:
            text = (root / document.path).read_text(encoding="utf-8")
            found[document.path] = misled(root, [(document.path, next(spoilt(model, document, text))[1])])

    assert len(found) == TRIED
    assert {path: said for path, said in found.items() if said} == {}
